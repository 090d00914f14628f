window.__THAR_CONFIG = {
  "userInfo": {
    "accountId": "1001",
    "userName": "ana",
    "displayName": "Ana"
  },
  "archiveInfo": {
    "sizeBytes": "100",
    "generationDate": "2026-01-02T03:04:05.000Z",
    "isPartialArchive": false
  },
  "dataTypes": {}
}
