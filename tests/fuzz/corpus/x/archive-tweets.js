�window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881763690705846273"
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
        "57"
      ],
      "favorite_count" : "3",
      "id_str" : "1881763690705846273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881763690705846273",
      "created_at" : "Tue Jan 21 18:00:00 +0000 2025",
      "favorited" : false,
      "full_text" : "The campus is going up as we speak. 640 acres &amp; more.",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881764194022326273"
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
            "name" : "Bob",
            "screen_name" : "bob",
            "indices" : [
              "0",
              "4"
            ],
            "id_str" : "2002",
            "id" : "2002"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "59"
      ],
      "favorite_count" : "3",
      "id_str" : "1881764194022326273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881764194022326273",
      "created_at" : "Tue Jan 21 18:02:00 +0000 2025",
      "favorited" : false,
      "full_text" : "@bob wrong, as you know. want to come visit the first site?",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1881763942364086273",
      "in_reply_to_status_id" : "1881763942364086273",
      "in_reply_to_user_id" : "2002",
      "in_reply_to_user_id_str" : "2002",
      "in_reply_to_screen_name" : "bob"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881764697338806273"
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
            "name" : "Bob",
            "screen_name" : "bob",
            "indices" : [
              "0",
              "4"
            ],
            "id_str" : "2002",
            "id" : "2002"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "270"
      ],
      "favorite_count" : "3",
      "id_str" : "1881764697338806273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881764697338806273",
      "created_at" : "Tue Jan 21 18:04:00 +0000 2025",
      "favorited" : false,
      "full_text" : "@bob They have not secured the money, and everybody who looks at the accounts can see that for himself. They have not secured the money, and everybody who looks at the accounts can see that for himself. They have not secured the money, and everybody who looks at the ac…",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1881764445680566273",
      "in_reply_to_status_id" : "1881764445680566273",
      "in_reply_to_user_id" : "2002",
      "in_reply_to_user_id_str" : "2002",
      "in_reply_to_screen_name" : "bob"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881764948997046273"
          ],
          "editableUntil" : "2025-01-21T19:00:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : true
        }
      },
      "retweeted" : false,
      "entities" : {
        "user_mentions" : [
          {
            "name" : "Carol",
            "screen_name" : "carol",
            "indices" : [
              "3",
              "9"
            ],
            "id_str" : "3003",
            "id" : "3003"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "45"
      ],
      "favorite_count" : "3",
      "id_str" : "1881764948997046273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881764948997046273",
      "created_at" : "Tue Jan 21 18:05:00 +0000 2025",
      "favorited" : false,
      "full_text" : "RT @carol: what a day https://t.co/aaaaaaaaaa",
      "lang" : "en",
      "extended_entities" : {
        "media" : [
          {
            "id_str" : "77",
            "id" : "77",
            "url" : "https://t.co/aaaaaaaaaa",
            "source_status_id_str" : "1881751107793846273",
            "source_user_id_str" : "3003",
            "type" : "photo",
            "indices" : [
              "22",
              "45"
            ]
          }
        ]
      }
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881765200655286273",
            "1881765452313526273"
          ],
          "editsRemaining" : "4"
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
        "10"
      ],
      "favorite_count" : "3",
      "id_str" : "1881765200655286273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881765200655286273",
      "created_at" : "Tue Jan 21 18:06:00 +0000 2025",
      "favorited" : false,
      "full_text" : "teh prompt",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "edit" : {
          "initialTweetId" : "1881765200655286273",
          "editControlInitial" : {
            "editTweetIds" : [
              "1881765200655286273",
              "1881765452313526273"
            ],
            "editsRemaining" : "4"
          }
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
        "10"
      ],
      "favorite_count" : "3",
      "id_str" : "1881765452313526273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881765452313526273",
      "created_at" : "Tue Jan 21 18:07:00 +0000 2025",
      "favorited" : false,
      "full_text" : "the prompt",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1881765703971766273"
          ],
          "editableUntil" : "2025-01-21T19:00:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : true
        }
      },
      "retweeted" : false,
      "entities" : {
        "user_mentions" : [],
        "urls" : [
          {
            "url" : "https://t.co/bbbbbbbbbb",
            "expanded_url" : "https://twitter.com/bob/status/1881764445680566273",
            "display_url" : "twitter.com/bob/stat…",
            "indices" : [
              "19",
              "42"
            ]
          }
        ]
      },
      "display_text_range" : [
        "0",
        "42"
      ],
      "favorite_count" : "3",
      "id_str" : "1881765703971766273",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1881765703971766273",
      "created_at" : "Tue Jan 21 18:08:00 +0000 2025",
      "favorited" : false,
      "full_text" : "He still says this https://t.co/bbbbbbbbbb",
      "lang" : "en"
    }
  }
]
