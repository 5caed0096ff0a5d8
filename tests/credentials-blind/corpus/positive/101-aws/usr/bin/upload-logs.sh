#!/bin/sh
export AWS_ACCESS_KEY_ID=AK<+>IABZ2Y5LKCS5CKD4OP
export AWS_SECRET_ACCESS_KEY=TIuofRx5sLXc3iDUGOVb<+>PF3DMlwZxmTyJiEcAkl0
aws s3 cp /tmp/logs.tgz s3://acme-logs/
