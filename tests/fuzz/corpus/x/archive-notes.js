€window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1881764698597097473",
      "createdAt" : "2025-01-21T18:04:00.000Z",
      "updatedAt" : "2025-01-21T18:04:00.000Z",
      "lifecycle" : {
        "value" : "1",
        "name" : "Committed"
      },
      "core" : {
        "text" : "They have not secured the money, and everybody who looks at the accounts can see that for himself. They have not secured the money, and everybody who looks at the accounts can see that for himself. They have not secured the money, and everybody who looks at the accounts can see that for himself. They have not secured the money, and everybody who looks at the accounts can see that for himself. They have not secured the money, and everybody who looks at the accounts can see that for himself.",
        "styletags" : [],
        "urls" : [],
        "mentions" : [],
        "hashtags" : [],
        "cashtags" : []
      }
    }
  }
]
