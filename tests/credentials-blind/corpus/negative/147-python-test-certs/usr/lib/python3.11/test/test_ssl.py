import unittest, ssl
CERTFILE = "keycert.pem"
