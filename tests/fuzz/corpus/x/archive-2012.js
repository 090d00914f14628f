€Grailbird.data.tweets_2012_01 = 
 [
  {
    "source": "web",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "164298599616741377",
    "text": "An old one\nof two lines",
    "id": 164298599616741377,
    "created_at": "2012-01-31 10:46:53 +0000",
    "user": {
      "name": "Ana",
      "screen_name": "ana",
      "protected": false,
      "id_str": "1001",
      "profile_image_url_https": "https:\/\/pbs.twimg.com\/a.png",
      "id": 1001,
      "verified": false
    }
  },
  {
    "source": "web",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "163909312312246273",
    "text": "RT @carol: original words",
    "id": 163909312312246273,
    "created_at": "2012-01-30 09:00:00 +0000",
    "user": {
      "name": "Ana",
      "screen_name": "ana",
      "protected": false,
      "id_str": "1001",
      "profile_image_url_https": "https:\/\/pbs.twimg.com\/a.png",
      "id": 1001,
      "verified": false
    },
    "retweeted_status": {
      "source": "web",
      "entities": {
        "user_mentions": [],
        "media": [],
        "hashtags": [],
        "urls": []
      },
      "geo": {},
      "id_str": "163894212817846273",
      "text": "original words",
      "id": 163894212817846273,
      "created_at": "2012-01-30 08:00:00 +0000",
      "user": {
        "name": "Carol",
        "screen