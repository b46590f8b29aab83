# __Title__

What the API is, in two sentences. Marks: see [README.md](README.md).

## 1. Address and authentication

| matter | fact | known from |
| --- | --- | --- |

## 2. Call records

The request: how times, pages and filters are sent. The reply: where the rows and the count are.

| field | type | meaning | known from |
| --- | --- | --- | --- |
| `id` | | | [unknown] |

## 3. Codes

| code | meaning | what the package does | known from |
| --- | --- | --- | --- |

## 4. What is uncertain, and how the package is safe either way
