window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881763942364086273"
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
        "user_mentions" : [
          {
            "name" : "Ana",
            "screen_name" : "ana",
            "indices" : [
              "0",
              "4"
            ],
            "id_str" : "1001",
            "id" : "1001"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "39"
      ],
      "favorite_count" : "3",
      "id_str" : "1881763942364086273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881763942364086273",
      "created_at" : "Tue Jan 21 18:01:00 +0000 2025",
      "favorited" : false,
      "full_text" : "@ana they don't actually have the money",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1881763690705846273",
      "in_reply_to_status_id" : "1881763690705846273",
      "in_reply_to_user_id" : "1001",
      "in_reply_to_user_id_str" : "1001",
      "in_reply_to_screen_name" : "ana"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881764445680566273"
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
        "user_mentions" : [
          {
            "name" : "Ana",
            "screen_name" : "ana",
            "indices" : [
              "0",
              "4"
            ],
            "id_str" : "1001",
            "id" : "1001"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "60"
      ],
      "favorite_count" : "3",
      "id_str" : "1881764445680566273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881764445680566273",
      "created_at" : "Tue Jan 21 18:03:00 +0000 2025",
      "favorited" : false,
      "full_text" : "@ana well under $10B secured. I have that on good authority.",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1881764194022326273",
      "in_reply_to_status_id" : "1881764194022326273",
      "in_reply_to_user_id" : "1001",
      "in_reply_to_user_id_str" : "1001",
      "in_reply_to_screen_name" : "ana"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881766710604726273"
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
        "user_mentions" : [
          {
            "name" : "Ana",
            "screen_name" : "ana",
            "indices" : [
              "0",
              "4"
            ],
            "id_str" : "1001",
            "id" : "1001"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "10"
      ],
      "favorite_count" : "3",
      "id_str" : "1881766710604726273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881766710604726273",
      "created_at" : "Tue Jan 21 18:12:00 +0000 2025",
      "favorited" : false,
      "full_text" : "@ana &lt;3",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1881764697338806273",
      "in_reply_to_status_id" : "1881764697338806273",
      "in_reply_to_user_id" : "1001",
      "in_reply_to_user_id_str" : "1001",
      "in_reply_to_screen_name" : "ana"
    }
  }
]
