#!/bin/sh
eval $(proccgi $*)
if [ "$FORM_user" = "service" ] && [ "$FORM_password" = "s3rv1ce!" ]; then
  echo "Set-Cookie: session=$(genid)"
fi
