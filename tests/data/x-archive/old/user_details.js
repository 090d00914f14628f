var user_details =  {
  "screen_name": "ana",
  "location": "here",
  "full_name": "Ana",
  "bio": "b",
  "id": "1001",
  "created_at": "2010-01-01 00:00:00 +0000"
}
