var stripe = Stripe('pk_<+>test_cnAfdfVEhoANTXKUYyvRJMb5')
