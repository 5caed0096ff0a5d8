const stripe = require('stripe')('sk_<+>live_hDtujFCDW4rd8YbRHagUTks8')
