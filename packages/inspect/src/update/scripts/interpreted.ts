import type { Language } from '../../calls/languages.ts'
import { type Call, readCalls, shown, type Value } from '../../calls/read.ts'
import { exploreScript, type Host, type Run } from '../../shell/script/evaluate.ts'
import { namesVerification } from './commands.ts'

/** Calls that run a command of a shell, or a program with its arguments. */
const SHELLS: Readonly<Record<Language['name'], RegExp>> = {
  lua: /^(?:os\.execute|io\.popen|(?:luci\.)?(?:sys|util)\.(?:call|exec|execi)|nixio\.exec|ubus\.call_exec)$/,
  javascript:
    /^(?:child_process\.|cp\.)?(?:exec|execSync|execFile|execFileSync|spawn|spawnSync)$|^(?:fs\.exec|system|popen)$/,
  python:
    /^(?:subprocess\.)?(?:run|call|check_call|check_output|Popen)$|^os\.(?:system|popen|execvp?|spawnlp?)$/,
  php: /^(?:exec|shell_exec|system|passthru|popen|proc_open)$/,
}

/** Libraries that fetch, as the first word of a command of ours. */
interface Library {
  readonly pattern: RegExp
  readonly program: string
  /** What it does with certificates where nobody tells it: LuaSec looks at none. */
  readonly checks: boolean
}

const LIBRARIES: Readonly<Record<Language['name'], readonly Library[]>> = {
  lua: [
    { pattern: /^(?:\w+\.)*https\.request$/i, program: 'lua:ssl.https', checks: false },
    {
      pattern: /^(?:\w+\.)*http\.request$|httpclient\.(?:request|request_to_file)/i,
      program: 'lua:http',
      checks: true,
    },
  ],
  javascript: [
    {
      pattern: /^(?:https?|got|axios|request|needle|superagent)(?:\.(?:get|request|post|stream))?$|^fetch$/,
      program: 'node:https',
      checks: true,
    },
  ],
  python: [
    {
      pattern: /^(?:requests|session|self\.session|httpx)\.(?:get|post|request)$/,
      program: 'python:requests',
      checks: true,
    },
    {
      pattern: /^(?:urllib\.request\.|urllib2\.|request\.)?(?:urlopen|urlretrieve)$|^urllib\.urlretrieve$/,
      program: 'python:urllib',
      checks: true,
    },
    { pattern: /^wget\.download$/, program: 'python:wget', checks: true },
  ],
  php: [
    {
      pattern: /^(?:file_get_contents|copy|fopen|readfile)$/,
      program: 'php:file_get_contents',
      checks: true,
    },
  ],
}

/** What a script in one of the languages runs, fetches, writes and verifies, as commands of a shell. */
export function interpretedRuns(text: string, language: Language, file: string, host: Host): readonly Run[] {
  const calls = readCalls(text, language)
  return calls.flatMap((call, at) => runsOf(call, calls.slice(0, at), text, language, file, host))
}

function runsOf(
  call: Call,
  before: readonly Call[],
  text: string,
  language: Language,
  file: string,
  host: Host,
): readonly Run[] {
  const placed = (words: readonly string[], writes: readonly string[] = []): Run => ({
    words,
    conditions: [],
    background: false,
    writes,
    reads: [],
    calls: [],
    isFatal: false,
    text: text.slice(call.offset, call.offset + call.length),
    file,
    offset: call.offset,
  })
  if (SHELLS[language.name].test(call.name)) return commandsOf(call, file, host, placed)
  const library = LIBRARIES[language.name].find(({ pattern }) => pattern.test(call.name))
  if (library) {
    const words = fetchWords(call, library)
    return words ? [placed(words)] : []
  }
  if (call.name === 'curl_exec') return [placed(curlWords(before))]
  const written = writtenFile(call)
  if (written?.startsWith('/dev/')) return [{ ...placed(['cat'], [written]), reads: ['$data'] }]
  if (written !== undefined) return [placed(['cp', FETCHED, written])]
  if (namesVerification(call.name)) return [placed([call.name])]
  return verifiesIn(call, language) ? [placed(['openssl', 'dgst', '-verify', keyIn(call)])] : []
}

function commandsOf(
  { args }: Call,
  file: string,
  host: Host,
  placed: (words: readonly string[]) => Run,
): readonly Run[] {
  const [first, second] = args
  if (!first) return []
  if (first.kind === 'list') return [placed(first.items.map(shown))]
  const command = shown(first)
  if (second?.kind === 'list') return [placed([command, ...second.items.map(shown)])]
  const { runs } = exploreScript(command, file, host)
  return runs.map((run) => ({
    ...placed(run.words),
    writes: run.writes,
    reads: run.reads,
    ...(run.pipe ? { pipe: run.pipe } : {}),
  }))
}

/** Options that switch the check of a certificate off, by their names. */
const CHECKS = /^(?:verify|rejectUnauthorized|strictSSL|verify_peer|check_certificate|insecure|ssl_verify)$/

function fetchWords({ args, named }: Call, { program, checks }: Library): readonly string[] | undefined {
  const tables = args.flatMap((one) => (one.kind === 'table' ? [one.entries] : []))
  const options: readonly (readonly [string, Value])[] = [...named, ...tables.flatMap((one) => [...one])]
  const option = (pattern: RegExp) => options.find(([name]) => pattern.test(name))?.[1]
  const url = option(/^(?:url|uri|href)$/) ?? args.find((one) => one.kind === 'text' || one.kind === 'other')
  if (!url) return undefined
  const address = shown(url)
  if (!/^[a-z]+:\/\/|^\$/.test(address)) return undefined
  const check = option(CHECKS)
  const isOff =
    (check?.kind === 'truth' && !check.truth) ||
    (check?.kind === 'text' && /^(?:none|0|false)$/i.test(check.text)) ||
    (check === undefined && !checks)
  const authorities =
    check?.kind === 'text' && check.text.startsWith('/')
      ? check.text
      : textOf(option(/^(?:ca|cafile|ca_certs|cacert)$/))
  const target = textOf(args.find((one) => one.kind === 'text' && shown(one) !== address))
  return [
    program,
    ...(isOff ? ['-k'] : []),
    ...(authorities?.startsWith('/') ? ['--cacert', authorities] : []),
    '-o',
    target ?? FETCHED,
    address,
  ]
}

/** What `curl_setopt` was told before `curl_exec`. */
function curlWords(before: readonly Call[]): readonly string[] {
  const set = new Map<string, Value>()
  for (const { name, args } of before) {
    const [, option, value] = args
    if (name === 'curl_setopt' && option && value) set.set(shown(option).slice(1), value)
    if (name === 'curl_init' && args[0]) set.set('CURLOPT_URL', args[0])
  }
  const url = set.get('CURLOPT_URL')
  const peer = set.get('CURLOPT_SSL_VERIFYPEER')
  const isOff = (peer?.kind === 'truth' && !peer.truth) || (peer?.kind === 'text' && peer.text === '0')
  const authorities = textOf(set.get('CURLOPT_CAINFO'))
  return [
    'php:curl',
    ...(isOff ? ['-k'] : []),
    ...(authorities === undefined ? [] : ['--cacert', authorities]),
    '-o',
    FETCHED,
    url ? shown(url) : '$url',
  ]
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined
}

/** What a library fetched and somebody writes to a file later on. */
const FETCHED = '/tmp/what-was-fetched'

const OPENS = /(?:^|\.)(?:open|fopen|createWriteStream|writeFile|writeFileSync|file_put_contents)$/

function writtenFile({ name, args }: Call): string | undefined {
  const [path, mode] = args.map(textOf)
  const writes = !/(?:^|\.)f?open$/.test(name) || /[wa+]/.test(mode ?? '')
  return OPENS.test(name) && writes && path?.startsWith('/') ? path : undefined
}

const VERIFIES: Readonly<Record<Language['name'], RegExp>> = {
  lua: /(?:^|\.)(?:pkey|key|pubkey|public_key)\.verify$|^usign\.verify$/,
  javascript: /(?:^|\.)(?:createVerify|verifySignature)$|^crypto\.verify$/,
  python:
    /(?:^|\.)(?:public_key|pubkey|pub|key|verify_key|verifier|rsa|gpg)\.(?:verify|verify_file)$|(?:^|\.)(?:VerifyKey|load_pem_public_key)$/,
  php: /^openssl_(?:verify|pkcs7_verify|cms_verify)$/,
}

function verifiesIn({ name }: Call, language: Language): boolean {
  return VERIFIES[language.name].test(name)
}

function keyIn({ args }: Call): string {
  return args.map(textOf).find((one) => one?.startsWith('/')) ?? '$key'
}
