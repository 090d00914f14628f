window.YTD.account.part0 = [
  {
    "account" : {
      "email" : "bob@example.com",
      "createdVia" : "web",
      "username" : "bob",
      "accountId" : "2002",
      "createdAt" : "2010-01-01T00:00:00.000Z",
      "accountDisplayName" : "Bob"
    }
  }
]
