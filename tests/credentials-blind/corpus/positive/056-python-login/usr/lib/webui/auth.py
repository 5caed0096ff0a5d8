from flask import request

USERS = {'admin': 'letmein99', 'guest': 'guest'}

def check():
    auth = request.authorization
    return auth and USERS.get(auth.username) == auth.password
