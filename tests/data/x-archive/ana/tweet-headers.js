window.YTD.tweet_headers.part0 = [
  {
    "tweet" : {
      "tweet_id" : "1881763690705846273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:00:00 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881764194022326273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:02:00 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881764697338806273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:04:00 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881764948997046273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:05:00 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881765200655286273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:06:00 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881765452313526273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:07:00 +0000 2025"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1881765703971766273",
      "user_id" : "1001",
      "created_at" : "Tue Jan 21 18:08:00 +0000 2025"
    }
  }
]
