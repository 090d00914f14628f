window.YTD.community_tweet.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881766458946486273"
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
        "15"
      ],
      "favorite_count" : "3",
      "id_str" : "1881766458946486273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881766458946486273",
      "created_at" : "Tue Jan 21 18:11:00 +0000 2025",
      "favorited" : false,
      "full_text" : "to my community",
      "lang" : "en",
      "community_id" : "5",
      "scopes" : {
        "followers" : false
      }
    }
  }
]
