import type { UpdateScheme } from '../package/scheme.ts'

export const AWS_IOT: UpdateScheme = {
  name: 'aws-iot',
  it: { en: 'The job document of AWS IoT', de: 'Das Job-Dokument von AWS IoT' },
  of: { en: 'of the job document of AWS IoT', de: 'des Job-Dokuments von AWS IoT' },
  repeat:
    'openssl dgst -sha256 -verify PUBLIC.pem -signature SIGNATURE FILE, with the signature of the job document (base64)',
  chain: 'aws-iot-job',
}
