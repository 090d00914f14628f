window.YTD.deleted_tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881765955630006273"
          ],
          "editableUntil" : "2025-01-21T19:00:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : true
        }
      },
      "retweeted" : false,
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "17"
      ],
      "favorite_count" : "3",
      "id_str" : "1881765955630006273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881765955630006273",
      "created_at" : "Tue Jan 21 18:09:00 +0000 2025",
      "favorited" : false,
      "full_text" : "I regret this one",
      "lang" : "en",
      "deleted_at" : "Wed Jan 22 23:20:03 +0000 2025"
    }
  }
]
