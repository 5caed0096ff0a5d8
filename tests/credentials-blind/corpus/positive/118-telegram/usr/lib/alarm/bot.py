TOKEN = '6338845487:AA<+>iLIJurlvUj1DMwtOJWZEr9K1r4yc1hbUC'
URL = f'https://api.telegram.org/bot{TOKEN}/sendMessage'
