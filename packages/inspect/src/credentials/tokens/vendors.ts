import { crcDigits, isDrawn } from './digits.ts'
import { verifyJwt } from './jwt.ts'
import type { TokenRule, Verified } from './rule.ts'

interface Shape {
  readonly id: string
  readonly literals: readonly string[]
  /** What stands between the literal and the end; the literal itself is part of it. */
  readonly pattern: RegExp
  readonly behind?: number
  readonly before?: number
  readonly grade?: Verified['grade']
  readonly weakness?: Verified['weakness']
  readonly check?: (token: string) => boolean
}

/** Tokens that their prefix and their length tell, with check digits where the vendor has some. */
function shaped({
  id,
  literals,
  pattern,
  behind = 260,
  before = 2,
  grade = 'high',
  weakness,
  check,
}: Shape): TokenRule {
  return {
    id,
    subject: 'cloud-key',
    form: 'token',
    literals,
    pattern,
    before,
    behind,
    verify(match) {
      const value = match[1] ?? match[0]
      if (!isDrawn(value, 3) || (check && !check(value))) return undefined
      return { value, at: match[0].lastIndexOf(value), grade, ...(weakness ? { weakness } : {}) }
    },
  }
}

function hasCrcDigits(token: string): boolean {
  const random = token.slice(token.indexOf('_') + 1, -6)
  return token.endsWith(crcDigits(random))
}

export const VENDOR_RULES: readonly TokenRule[] = [
  shaped({
    id: 'github-token',
    literals: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /(?<!\w)gh[pousr]_[A-Za-z0-9]{36}(?!\w)/g,
    check: hasCrcDigits,
  }),
  shaped({
    id: 'github-fine-grained-token',
    literals: ['github_pat_'],
    pattern: /(?<!\w)github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?!\w)/g,
  }),
  shaped({
    id: 'npm-token',
    literals: ['npm_'],
    pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g,
    check: hasCrcDigits,
  }),
  shaped({
    id: 'npm-auth-token',
    literals: ['_authToken='],
    pattern: /_authToken=["']?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[\w+/=.-]{30,300})(?![\w])/g,
  }),
  shaped({
    id: 'gitlab-token',
    literals: ['glpat-'],
    pattern: /(?<!\w)glpat-[\w-]{20}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?(?![\w-])/g,
    check: hasDigit,
  }),
  shaped({
    id: 'pypi-token',
    literals: ['pypi-AgEIcHlwaS5vcmc'],
    pattern: /pypi-AgEIcHlwaS5vcmc[\w-]{50,1000}(?![\w-])/g,
    behind: 1100,
  }),
  shaped({
    id: 'stripe-secret-key',
    literals: ['sk_live_', 'rk_live_'],
    pattern: /(?<!\w)[sr]k_live_[0-9A-Za-z]{24,247}(?!\w)/g,
    check: hasDigit,
  }),
  shaped({
    id: 'stripe-test-key',
    literals: ['sk_test_', 'rk_test_'],
    pattern: /(?<!\w)[sr]k_test_[0-9A-Za-z]{24,247}(?!\w)/g,
    grade: 'low',
    weakness: 'limited',
    check: hasDigit,
  }),
  shaped({
    id: 'slack-bot-token',
    literals: ['xoxb-'],
    pattern: /(?<![\w-])xoxb-\d{10,13}-\d{10,13}-[A-Za-z0-9]{24}(?![\w-])/g,
  }),
  shaped({
    id: 'slack-user-token',
    literals: ['xoxp-', 'xoxe-'],
    pattern: /(?<![\w-])xox[pe]-(?:\d{10,13}-){3}[0-9a-f]{32,64}(?![\w-])/g,
  }),
  shaped({
    id: 'slack-app-token',
    literals: ['xapp-1-'],
    pattern: /(?<![\w-])xapp-1-A[A-Z0-9]{8,12}-\d{10,13}-[0-9a-f]{64}(?![\w-])/g,
  }),
  shaped({
    id: 'slack-webhook',
    literals: ['hooks.slack.com/'],
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{8,11}\/B[A-Z0-9]{8,11}\/([A-Za-z0-9]{24})(?!\w)/g,
    grade: 'medium',
  }),
  shaped({
    id: 'discord-webhook',
    literals: ['/api/webhooks/'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([\w-]{60,72})(?![\w-])/g,
    before: 24,
    grade: 'medium',
  }),
  shaped({
    id: 'telegram-bot-token',
    literals: [':AAE', ':AAF', ':AAG', ':AAH'],
    pattern: /(?<![\w:])\d{8,10}:AA[E-H][\w-]{32}(?![\w-])/g,
    before: 12,
    behind: 48,
    check: (token) => isDrawn(token.slice(token.indexOf(':') + 3), 4),
  }),
  // The vendor says no more of the form than this: then the address that it is used with has to be near.
  shaped({
    id: 'telegram-bot-token',
    literals: ['api.telegram.org/bot'],
    pattern: /(?<![\w:])\d{8,10}:[\w-]{35}(?![\w-])/g,
    before: 400,
    behind: 400,
    check: (token) => isDrawn(token.slice(token.indexOf(':') + 1), 4),
  }),
  shaped({
    id: 'sendgrid-key',
    literals: ['sendgrid', 'SendGrid', 'SENDGRID'],
    pattern: /(?<![\w.])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g,
    before: 200,
    check: hasDigit,
  }),
  shaped({
    id: 'mailgun-key',
    literals: ['mailgun', 'MAILGUN', 'Mailgun'],
    pattern: /(?<![\w-])key-[0-9a-f]{32}(?!\w)/g,
    before: 200,
  }),
  {
    // The account is no secret; what goes with it is.
    id: 'twilio-auth-token',
    subject: 'cloud-key',
    form: 'token',
    literals: ['twilio', 'TWILIO', 'Twilio'],
    pattern: /(?<![\w])AC[0-9a-f]{32}(?!\w)/g,
    before: 200,
    behind: 300,
    verify([account = ''], around) {
      const token = around
        .replace(account, ' ')
        .match(/(?<![\w-])[0-9a-f]{32}(?![\w-])/g)
        ?.find((one) => isDrawn(one, 3))
      return token !== undefined && isDrawn(account.slice(2), 3)
        ? { value: token, user: account, grade: 'high' }
        : undefined
    },
  },
  shaped({
    id: 'openai-key',
    literals: ['T3BlbkFJ'],
    pattern:
      /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[\w-]{20,100}|[A-Za-z0-9]{20})T3BlbkFJ[\w-]{20,100}(?![\w-])/g,
    before: 120,
  }),
  shaped({
    id: 'anthropic-key',
    literals: ['sk-ant-'],
    pattern: /(?<![\w-])sk-ant-(?:api|admin)\d{2}-[\w-]{93}AA(?![\w-])/g,
  }),
  shaped({ id: 'digitalocean-token', literals: ['dop_v1_'], pattern: /(?<!\w)dop_v1_[0-9a-f]{64}(?!\w)/g }),
  shaped({
    id: 'docker-token',
    literals: ['dckr_pat_'],
    pattern: /(?<!\w)dckr_pat_[\w-]{27}(?![\w-])/g,
    check: hasDigit,
  }),
  shaped({
    id: 'shopify-token',
    literals: ['shpat_', 'shppa_'],
    pattern: /(?<!\w)shp(?:at|pa)_[0-9a-f]{32}(?!\w)/g,
  }),
  {
    id: 'jwt',
    subject: 'token',
    form: 'token',
    literals: ['eyJhbGciO', 'eyJ0eXAiO', 'eyJraWQiO'],
    pattern: /(?<![\w-])(eyJ[\w-]{10,2000})\.(eyJ[\w-]{10,4000})\.([\w-]{20,700})(?![\w.-])/g,
    before: 2,
    behind: 6800,
    verify: verifyJwt,
  },
  {
    id: 'http-basic',
    subject: 'remote-login',
    form: 'password',
    literals: ['uthorization: Basic ', 'asic YWRtaW46', 'asic cm9vdD'],
    pattern: /[Bb]asic ([A-Za-z0-9+/]{6,200}={0,2})(?![A-Za-z0-9+/=])/g,
    before: 4,
    behind: 240,
    verify: verifyBasic,
  },
]

/** `Basic` and base64 of user and password (RFC 7617). */
function verifyBasic([whole, encoded = '']: RegExpExecArray): Verified | undefined {
  const plain = Buffer.from(encoded, 'base64').toString('latin1')
  const match = /^([!-9;-~]{1,64}):([ -~]{1,100})$/.exec(plain)
  if (
    !match ||
    Buffer.from(plain, 'latin1').toString('base64').replace(/=+$/, '') !== encoded.replace(/=+$/, '')
  )
    return undefined
  const [, user = '', value = ''] = match
  // RFC 7617, RFC 6749 and their followers print these.
  const published =
    /^(?:Aladdin:open ?sesame|s6BhdRkqt3:\w+|user(?:name)?:pass(?:word|wd)?|foo:bar|test:123.|httpwatch:f|demo:p@55w0rd)$/i.test(
      plain,
    )
  return {
    value,
    at: whole.indexOf(encoded),
    user,
    grade: 'medium',
    ...(published ? { state: 'example' } : {}),
  }
}

function hasDigit(token: string): boolean {
  return /\d/.test(token.slice(8))
}
