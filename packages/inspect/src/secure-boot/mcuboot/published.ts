/**
 * Sample keys of MCUboot whose hash an image names and whose numbers its signature does not tell: the public halves of
 * root-rsa-2048.pem and root-rsa-3072.pem, as SubjectPublicKeyInfo (base64). Source: github.com/mcu-tools/mcuboot.
 */
export const PUBLISHED_RSA: readonly string[] = [
  [
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0QYIGhhELBjo+/33DaNPH7vuXvmq0ksY01rpbRiAGfnwnDQby/O8',
    'dNtC54x/EFN+Q14NVyxE0WcIDw27XO7ss5nf4E2EC6p3QWDtFShJpwG0PBDmaYwvX6xBTZ5cFN/y+M89Hm/nW7q0qciIfkc8',
    'lMN3Z1RLqo04NcpiYX634RXbd3PUvntyIYlpJPv4ZW5kPsgO14XVXErkUw0v/7f98xM5gz+jrtIPp2qd+f64zvoqvq+44PqC',
    'N1T0PuEr0NMIWBj2XkzIiIExrV+wghfyimknI/Orhz6TGh3+6PgaJGZZ+Byr3M5oG2ZkNez6DRGdr1w6p9FnxkfvsUssYuHR',
    'yQIDAQAB',
  ].join(''),
  [
    'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAtCwOmFgQpKdYmXwB3QgqKDQz+JYaNCBdRchxJiXl0pbqe7EVqqaK',
    'YyKLLU6Bc79uFWiMGvTvKo+MIp5xV0veD35y03q4px1ErYcAg1z9cwVyRj+L+RAA2G7Mhe35Sdt4NoBJOHbdX1QE2ow0pysT',
    'JW/RFU+twuGl0k5XDH6cm7pOaLLgJQKqANO0zC945b5HZx/IbiJsXmG2ms3lqLp6gBMbFy6W7c+zm+Qc6K2n9jpRZl6Zjofu',
    'YCX4jb7OpKjKk2zXv9RzM41EhcxzMAicTbKqWmxve6u3s3zD++fKxPiab8u7W4LneugZ/S8RIvt/doxrlKQJT6Vqd1Hrp37a',
    'hwbu3L7R6hpAHRv/GrFRfBKw8/aDAZznDJm/rGhYcqSwWYXuhawqIvTPFQiAHw3QHqCglMj3+mXdUuiWNyMwVzbmnfQMSgV1',
    'H60ByrdtjEN0BgqB8wFi//f1X6/nKw74gbVl3QHZnwcXihjPI26IZZG1e9OwLa+TZmN0rFrmc947AgMBAAE=',
  ].join(''),
]
