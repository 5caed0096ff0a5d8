import type { Artefact, Check, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { memberOf, parseObject, textsOf } from '../package/json.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeAwsIot } from './conclude.ts'
import type { AwsFile } from './facts.ts'
import { AWS_IOT } from './scheme.ts'

export const awsIotCheck: Check = {
  id: 'update.aws-iot',
  version: 1,
  title: { en: 'Job documents of AWS IoT', de: 'Job-Dokumente von AWS IoT' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether the files of an update job are signed, and whether the signatures hold over files of the release.',
    de: 'Ob die Dateien eines Update-Jobs signiert sind und ob die Signaturen über Dateien der Firmware stimmen.',
  },
  cannotShow: {
    en: 'That a unit demands the signature, and which file the cloud hands out.',
    de: 'Dass ein Gerät die Signatur verlangt und welche Datei die Cloud ausliefert.',
  },
  states: kindsOf(AWS_IOT.name).filter((kind) => !/\.(?:content|revoked|uncovered)$/.test(kind)),
  wants: { literals: true },
  literals: ['"afr_ota"'],
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client', 'update.file'],
  gives: ['update.aws-iot', 'chain.link'],
  look,
  conclude: concludeAwsIot,
}

const MOST_BYTES = 256 * 1024
const MOST_FILES = 20
/** Members with signatures, by what they are made with. */
const SIGNATURES = [
  ['sig-sha256-ecdsa', 'sha256', 'ec'],
  ['sig-sha256-rsa', 'sha256', 'rsa'],
  ['sig-sha1-rsa', 'sha1', 'rsa'],
] as const

function look(artefact: Artefact, out: MapOut): void {
  const { bytes, type } = artefact
  if (type !== 'file' || bytes.size > MOST_BYTES) return
  const job = memberOf(parseObject(Buffer.from(bytes.view(0, bytes.size)).toString('utf8')), 'afr_ota')
  const files = memberOf(job, 'files')
  if (!Array.isArray(files) || files.length === 0) return
  out.fact('update.aws-iot', placeOf(artefact), {
    stream: textsOf(memberOf(job, 'streamname'))[0] ?? '',
    protocols: textsOf(memberOf(job, 'protocols')),
    files: files.slice(0, MOST_FILES).map(fileOf),
  })
}

function fileOf(value: unknown): AwsFile {
  const size = memberOf(value, 'filesize')
  return {
    path: textsOf(memberOf(value, 'filepath'))[0] ?? '',
    certificate: textsOf(memberOf(value, 'certfile'))[0] ?? '',
    size: typeof size === 'number' && Number.isSafeInteger(size) ? size : undefined,
    signature: SIGNATURES.flatMap(([name, digest, key]) => {
      const text = memberOf(value, name)
      return typeof text === 'string' && text.length <= 4096 ? [{ digest, key, value: text }] : []
    })[0],
  }
}
