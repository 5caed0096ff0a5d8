ACCOUNT_SID = 'A<+>C5fdccbb51393bdb921d7cf569c38f411'
AUTH_TOKEN = 'a66c2215a1a4a93a<+>d4a5e1d68e53b969'
from twilio.rest import Client
client = Client(ACCOUNT_SID, AUTH_TOKEN)
