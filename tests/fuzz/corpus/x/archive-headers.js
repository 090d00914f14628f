‚window.YTD.deleted_tweet_headers.part0 = [
  {
    "tweet" : {
      "tweet_id" : "1881765955630006273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:09:00 +0000 2025",
      "deleted_at" : "Wed Jan 22 23:20:03 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881766207288246273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:10:00 +0000 2025",
      "deleted_at" : "Wed Jan 22 23:20:03 +0000 2025"
    }
  }
]
window.YTD.screen_name_change.part0 = [
  {
    "screenNameChange" : {
      "accountId" : "1001",
      "screenNameChange" : {
        "changedAt" : "2020-01-01T00:00:00.000Z",
        "changedFrom" : "oldana",
        "changedTo" : "ana"
      }
    }
  }
]
