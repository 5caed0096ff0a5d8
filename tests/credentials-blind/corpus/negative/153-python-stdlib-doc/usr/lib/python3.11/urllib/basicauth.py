"""Basic authentication.

Example:

    handler = BasicAuth()
    handler.add_password(realm="shop", uri="https://www.example.com/", user="klaus", passwd="geheim")
"""

class BasicAuth:
    def add_password(self, realm, uri, user, passwd):
        self.entries[realm, uri] = (user, passwd)
