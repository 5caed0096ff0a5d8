import { isClear, valueKind } from '../clear/value.ts'
import { DEFAULT_WORDS } from '../clear/words.ts'
import type { TokenRule, Verified } from './rule.ts'

/** Hosts of manuals and tests (RFC 2606, RFC 5737, RFC 6761), and of nothing. */
const NOWHERE =
  /(?:^|\.)(?:example|test|invalid|localdomain)(?:\.(?:com|net|org|edu))?$|^(?:localhost|host|hostname|server|address|ip|domain|proxy|user|my|some|foo|bar|broker|www|x|y|a|b|h|db|\d)$|^(?:my|your|some|the|foo|bar|test)?[-_]?(?:proxy|host|server|site|domain|broker|company|registry)(?:name)?(?:\.(?:com|net|org|local|tld))?$|^(?:foo|bar|baz|acme|site|company|domain|somewhere|mydomain|yourdomain|host\d?|server\d?|proxy\d?)\.|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|%|\$|[<>{}[\]]/i
const USUAL_NAMES =
  /^(?:user(?:name)?|login|me|you|foo|bar|joe|john|alice|bob|name|someone|somebody|usr|u|a|x|scott|uname|myuser|youruser|userid|id|myusername)$/i
const USUAL_PASSWORDS =
  /^(?:pass(?:word|wd|phrase|w)?|passwd|pw|pwd|secret|p|x|b|bar|foo|tiger|mypass(?:word)?|token|p@ss\w*|p4ss\w*|pass(?:word)?\d?|my-?secret|key|api_?key|s3cr3t|hunter2|thepassword|userpass)$/i

export const ADDRESS =
  /\b((?:mqtts?|amqps?|wss?|https?|ftps?|sftp|smtps?|rtsps?|rtmp|redis|rediss|mysql|postgres(?:ql)?|mongodb(?:\+srv)?|ldaps?|imaps?|pop3s?|smb|ssh|git|svn|socks5h?)):\/\/([A-Za-z0-9._%+~-]{1,64}):([^\s:@/"'`<>\\(),;|^{}[\]]{1,100})@([A-Za-z0-9.-]{1,120}|\[[0-9a-fA-F:]{2,40}\])(?![\w@])/g

/** A user and a password in front of a host (RFC 3986, section 3.2.1). */
export function verifyAddress(match: RegExpExecArray): Verified | undefined {
  const [whole, scheme = '', user = '', raw = '', host = ''] = match
  const value = decoded(raw)
  if (value === '' || !isClear(value) || NOWHERE.test(host) || !/[.:]|^[a-z][\w-]{3,}$/i.test(host))
    return undefined
  if (/^(?:127\.|0\.0\.0\.0)/.test(host) && scheme !== 'rtsp') return undefined
  // A number behind the first name is a port, and what follows it a path with an @.
  if (/^\d{2,5}$/.test(raw) && /\./.test(user)) return undefined
  const camera = /^rtsps?$/.test(scheme)
  if (USUAL_NAMES.test(user) && USUAL_PASSWORDS.test(value)) return undefined
  if (
    USUAL_PASSWORDS.test(value) &&
    !camera &&
    user.toLowerCase() !== 'admin' &&
    user.toLowerCase() !== 'root'
  )
    return undefined
  if (/^[x*.]+$/i.test(user) || /^[x*.]+$/i.test(value)) return undefined
  if (/^git$/.test(user) && valueKind(value) !== 'literal') return undefined
  return {
    value,
    at: whole.indexOf(`:${raw}@`) + 1,
    user: decoded(user),
    grade: 'medium',
    state: DEFAULT_WORDS.has(value.toLowerCase()) ? 'default' : 'set',
    more: { scheme, host: host.toLowerCase() },
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Schemes that are rare enough to look for them in every file. */
export const ADDRESS_RULE: TokenRule = {
  id: 'address',
  subject: 'web-address',
  form: 'password',
  literals: [
    'mqtt://',
    'mqtts://',
    'amqp://',
    'amqps://',
    'rtsp://',
    'rtsps://',
    'sftp://',
    'smtp://',
    'smtps://',
    'redis://',
    'mysql://',
    'postgres://',
    'postgresql://',
    'mongodb://',
    'mongodb+srv://',
    'ftps://',
  ],
  pattern: ADDRESS,
  before: 2,
  behind: 320,
  verify: verifyAddress,
}
