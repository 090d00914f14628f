window.YTD.account.part0 = [
  {
    "account" : {
      "email" : "ana@example.com",
      "createdVia" : "web",
      "username" : "ana",
      "accountId" : "1001",
      "createdAt" : "2010-01-01T00:00:00.000Z",
      "accountDisplayName" : "Ana"
    }
  }
]
