import { isBase64Of, isDrawn } from './digits.ts'
import type { TokenRule, Verified } from './rule.ts'

/** Secrets of cloud services and of devices at them. */
export const CLOUD_RULES: readonly TokenRule[] = [
  {
    // A key id is base32 and names an account; alone it opens nothing.
    id: 'aws-access-key',
    subject: 'cloud-key',
    form: 'key',
    literals: ['AKIA', 'ASIA'],
    pattern: /(?<![A-Za-z0-9+/=])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9+/=])/g,
    before: 300,
    behind: 320,
    verify([id = ''], around): Verified | undefined {
      if (id.includes('EXAMPLE')) return { value: id, grade: 'high', state: 'example' }
      if (!isDrawn(id.slice(4), 2.5)) return undefined
      const at = around.indexOf(id)
      const near = around.slice(at + 20).match(SECRET_40) ?? around.slice(0, at).match(SECRET_40)
      const secret = near?.find(
        (one) => isDrawn(one, 4) && /\d/.test(one) && /[a-z]/.test(one) && /[A-Z]/.test(one),
      )
      if (secret === undefined) return { value: id, grade: 'low', weakness: 'public-identifier' }
      return { value: secret, user: id, grade: 'high' }
    },
  },
  {
    id: 'azure-storage-key',
    subject: 'cloud-key',
    form: 'key',
    literals: ['AccountKey='],
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g,
    before: 0,
    behind: 110,
    verify: (match) => azure(match, 64),
  },
  {
    id: 'azure-shared-access-key',
    subject: 'device-identity',
    form: 'key',
    literals: ['SharedAccessKey='],
    pattern:
      /(?:HostName=([\w.-]{1,120});(?:DeviceId=([\w.-]{1,128});)?(?:ModuleId=[\w.-]{1,128};)?|Endpoint=sb:\/\/([\w.-]{1,120})\/?;)?(?:SharedAccessKeyName=([\w.-]{1,128});)?SharedAccessKey=([A-Za-z0-9+/]{43}=)/g,
    before: 420,
    behind: 80,
    verify(match) {
      const value = match[5] ?? ''
      if (!isBase64Of(value, 32)) return undefined
      const host = match[1] ?? match[3]
      // The key of Microsoft's own emulators is printed in their manuals; it names a host of its own.
      const local = host === undefined || /^(?:localhost|127\.|your|my|example)/.test(host)
      return {
        value,
        at: match[0].length - value.length,
        ...((match[2] ?? match[4]) ? { user: match[2] ?? match[4] ?? '' } : {}),
        grade: local ? 'low' : 'high',
        more: { host: host ?? null },
      }
    },
  },
  {
    id: 'azure-sas',
    subject: 'cloud-key',
    form: 'token',
    literals: ['SharedAccessSignature sr=', '&sig='],
    pattern:
      /(?:SharedAccessSignature sr=|[?&]s[vrtpe]=)[^\s"'<>]{8,600}?&sig=([A-Za-z0-9%+/]{40,80})[^\s"'<>]{0,200}/g,
    before: 640,
    behind: 320,
    verify([token = '', signature = '']) {
      if (
        !isBase64Of(
          decodeURIComponent(signature.replace(/%(?![0-9A-Fa-f]{2})/g, '')).replace(/[^A-Za-z0-9+/=]/g, ''),
          32,
        )
      )
        return undefined
      const until = /&se=([\w%:.-]{4,40})/.exec(token)?.[1]
      return {
        value: signature,
        at: token.indexOf(signature),
        grade: 'low',
        weakness: 'limited',
        more: { until: until ?? null },
      }
    },
  },
  {
    id: 'google-service-account',
    subject: 'cloud-key',
    form: 'key',
    literals: ['"private_key_id"'],
    pattern:
      /"private_key_id"\s{0,8}:\s{0,8}"([0-9a-f]{40})"\s{0,8},\s{0,8}"private_key"\s{0,8}:\s{0,8}"-----BEGIN (?:RSA )?PRIVATE KEY-----\\n[A-Za-z0-9+/]{40}[\s\S]{100,4000}?"client_email"\s{0,8}:\s{0,8}"([\w.@-]{4,200})"/g,
    before: 0,
    behind: 4600,
    verify: ([, value = '', user = '']) => (isDrawn(value, 3) ? { value, user, grade: 'high' } : undefined),
  },
  {
    id: 'google-api-key',
    subject: 'cloud-key',
    form: 'key',
    literals: ['AIza'],
    pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g,
    before: 2,
    behind: 48,
    verify: ([value = '']) =>
      isDrawn(value.slice(4), 3.8) ? { value, grade: 'low', weakness: 'public-identifier' } : undefined,
  },
  {
    id: 'google-client-secret',
    subject: 'cloud-key',
    form: 'key',
    literals: ['GOCSPX-'],
    pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g,
    before: 2,
    behind: 48,
    verify: ([value = '']) => (isDrawn(value.slice(7), 3.5) ? { value, grade: 'medium' } : undefined),
  },
  {
    id: 'firebase-server-key',
    subject: 'cloud-key',
    form: 'key',
    literals: [':APA91b'],
    pattern: /(?<![\w-])AAAA[\w-]{7}:APA91b[\w-]{134}(?![\w-])/g,
    before: 12,
    behind: 160,
    verify: ([value = '']) => (isDrawn(value, 4.5) ? { value, grade: 'high' } : undefined),
  },
  {
    id: 'alibaba-access-key',
    subject: 'cloud-key',
    form: 'key',
    literals: ['LTAI'],
    pattern: /(?<![A-Za-z0-9+/=])LTAI(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{16}|[A-Za-z0-9]{20})(?![A-Za-z0-9+/=])/g,
    before: 200,
    behind: 260,
    verify(match, around): Verified | undefined {
      const id = match[0]
      if (!isDrawn(id.slice(4), 3)) return undefined
      const rest = around.replace(id, ' ')
      const secret = rest
        .match(/(?<![A-Za-z0-9])[A-Za-z0-9]{30}(?![A-Za-z0-9])/g)
        ?.find((one) => isDrawn(one, 4) && /\d/.test(one))
      return secret === undefined
        ? { value: id, grade: 'low', weakness: 'public-identifier' }
        : { value: secret, user: id, grade: 'high' }
    },
  },
  {
    // Alibaba Cloud IoT: one secret for all devices of a product, or one for a device.
    id: 'alibaba-iot-secret',
    subject: 'device-identity',
    form: 'key',
    literals: [
      'roductSecret',
      'roduct_secret',
      'RODUCT_SECRET',
      'eviceSecret',
      'evice_secret',
      'EVICE_SECRET',
    ],
    pattern:
      /(?:product|device)_?secret["'\]]{0,2}\s{0,4}(?:=|:|,|\s)\s{0,4}["']?([A-Za-z0-9]{16}|[A-Za-z0-9]{32})(?![\w])/gi,
    before: 8,
    behind: 80,
    verify: (match) => drawnTail(match, 3.3),
  },
  {
    id: 'tuya-authkey',
    subject: 'device-identity',
    form: 'key',
    literals: ['authkey', 'AUTHKEY', 'auzkey', 'AuthKey', 'authKey', 'auth_key'],
    pattern: /(?:auth|auz)_?key["'\]]{0,2}\s{0,4}(?:=|:|,|\s)\s{0,4}["']?([A-Za-z0-9]{32})(?!\w)/gi,
    before: 200,
    behind: 260,
    verify(match, around) {
      const found = drawnTail(match, 4)
      if (!found || /^[0-9a-f]+$/i.test(found.value)) return undefined
      const uuid = /uuid["'\]]{0,2}\s{0,4}(?:=|:|,|\s)\s{0,4}["']?([a-z0-9]{16,20})(?!\w)/i.exec(around)?.[1]
      return {
        ...found,
        grade: uuid !== undefined || /tuya/i.test(around) ? 'high' : 'low',
        ...(uuid === undefined ? {} : { user: uuid }),
      }
    },
  },
  {
    id: 'tencent-secret-id',
    subject: 'cloud-key',
    form: 'key',
    literals: ['AKID'],
    pattern: /(?<![A-Za-z0-9+/=])AKID[A-Za-z0-9]{32}(?![A-Za-z0-9+/=])/g,
    before: 2,
    behind: 48,
    verify: ([value = '']) =>
      isDrawn(value.slice(4), 3.8) ? { value, grade: 'low', weakness: 'public-identifier' } : undefined,
  },
]

const SECRET_40 = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g

function azure(match: RegExpExecArray, bytes: number): Verified | undefined {
  const value = match[1] ?? ''
  if (!isBase64Of(value, bytes)) return undefined
  // The key of the storage emulator stands in Microsoft's manual.
  const emulator = value.startsWith('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq')
  return { value, at: match[0].indexOf(value), grade: 'high', ...(emulator ? { state: 'example' } : {}) }
}

function drawnTail(match: RegExpExecArray, leastEntropy: number): Verified | undefined {
  const value = match[1] ?? ''
  if (!isDrawn(value, leastEntropy) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return undefined
  return { value, at: match[0].lastIndexOf(value), grade: 'medium' }
}
