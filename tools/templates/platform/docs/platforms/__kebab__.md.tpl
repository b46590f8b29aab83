# __Title__

Who uses this platform, and what the node reads from it.

## Credential

| field | where to find it |
| --- | --- |
| Base URL | The address of the platform. |
| API Key | Where the platform shows it. |
| Time Zone | The zone of the platform's clock. |

## Filters

## The call record

## Limits
