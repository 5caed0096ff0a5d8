import type { KeyObject } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { isCalendarDay } from '@messlatte/conformity'
import type { Text } from '@messlatte/model'
import { ANSWERS, checkDigit, type Day, type ReleaseStatus } from '@messlatte/portfolio'
import { FileProblems } from '../json/fields.ts'
import { JsonError, StrictJson } from '../json/strict.ts'
import { type Envelope, fingerprintOf, isSealedBy, seal } from '../pack/dsse.ts'
import { PAYLOAD_TYPE, readEnvelope, STATEMENT } from '../pack/envelope.ts'
import { PREDICATES } from '../statements/write.ts'

/** Simple Verification Result of the in-toto attestation framework: properties that hold, and by which policies. */
const STATUS_PREDICATE = PREDICATES.svr
/** Our own field beside those of the predicate, named by a URI as the framework asks. */
const OURS = 'urn:messlatte:status'
/** In front of the text that a QR code carries. */
const TEXT_FORM = 'MESSLATTE-STATUS:1:'
const MOST_PAYLOAD = 64 * 1024

/** Signs a status as an SVR in a DSSE envelope; our own fields are those that other readers pass over. */
export function writeStatus(status: ReleaseStatus, key: KeyObject): string {
  return `${JSON.stringify(seal(PAYLOAD_TYPE, JSON.stringify(statementOf(status)), key), null, 2)}\n`
}

function statementOf(status: ReleaseStatus) {
  const { by, product, files, gtin, batch, serials, market, answer, rules, properties } = status
  return {
    _type: STATEMENT,
    subject: files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: STATUS_PREDICATE,
    predicate: {
      verifier: {
        id: /^[a-z][a-z0-9+.-]*:/i.test(by) ? by : `urn:messlatte:signer:${encodeURIComponent(by)}`,
        policies: rules.map(({ id, version, digest }) => ({
          name: id,
          uri: uriOf(id, version),
          digest: { sha256: digest },
        })),
      },
      timeCreated: `${status.asOf}T00:00:00Z`,
      properties,
      [OURS]: {
        by,
        product,
        gtin,
        batch,
        serials,
        market,
        answer,
        answers: rules.map(({ standing, answer: one }) => [standing, one]),
        validFrom: status.validFrom,
        validUntil: status.validUntil,
      },
    },
  }
}

function uriOf(id: string, version: string): string {
  return `urn:messlatte:profile:${id}:${version}`
}

/** The envelope as one line of letters, digits and `-_.:`, short enough for a QR code: payload (deflated) and signature. */
export function statusText(envelope: string): string {
  const { payload, signatures } = readEnvelope('status', envelope)
  const packed = deflateRawSync(Buffer.from(payload, 'base64'), { level: 9 }).toString('base64url')
  return `${TEXT_FORM}${packed}.${Buffer.from(signatures[0]?.sig ?? '', 'base64').toString('base64url')}`
}

export interface OpenedStatus {
  readonly status: ReleaseStatus
  /** SHA-256 (hex) of the trusted key that signed. */
  readonly fingerprint: string
}

/**
 * Opens a status in either form with keys that the reader trusts; a key that came along is no reason to believe it.
 * Throws FileProblems where it is none, was changed, or none of the keys signed it.
 */
export function openStatus(name: string, text: string, trusted: readonly KeyObject[]): OpenedStatus {
  const trimmed = text.trim()
  const envelope = trimmed.startsWith(TEXT_FORM) ? fromText(name, trimmed) : readEnvelope(name, text)
  if (envelope.payloadType !== PAYLOAD_TYPE)
    return refuse(name, {
      en: `payloadType: must be ${PAYLOAD_TYPE}`,
      de: `payloadType: muss ${PAYLOAD_TYPE} sein`,
    })
  const signer = trusted.find((key) => isSealedBy(envelope, key))
  if (!signer)
    return refuse(name, {
      en: 'none of the trusted keys signed it, or it was changed',
      de: 'keiner der vertrauten Schlüssel hat es signiert, oder es wurde geändert',
    })
  try {
    const payload = Buffer.from(envelope.payload, 'base64').toString('utf8')
    return { status: statusOf(StrictJson.parse(payload)), fingerprint: fingerprintOf(signer) }
  } catch (error) {
    if (error instanceof JsonError) return refuse(name, error.text)
    throw error
  }
}

function fromText(name: string, text: string): Envelope {
  const [, packed = '', sig = ''] = /^MESSLATTE-STATUS:1:([\w-]+)\.([\w-]+)$/.exec(text) ?? []
  if (packed === '')
    return refuse(name, {
      en: 'is cut off, or has other characters in it',
      de: 'ist abgeschnitten oder enthält andere Zeichen',
    })
  try {
    const payload = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST_PAYLOAD })
    return {
      payloadType: PAYLOAD_TYPE,
      payload: payload.toString('base64'),
      signatures: [{ keyid: '', sig: Buffer.from(sig, 'base64url').toString('base64') }],
    }
  } catch {
    return refuse(name, { en: 'is damaged', de: 'ist beschädigt' })
  }
}

function statusOf(root: StrictJson): ReleaseStatus {
  if (root.at('_type').text() !== STATEMENT || root.at('predicateType').text() !== STATUS_PREDICATE)
    throw new JsonError({
      en: `is no status: it must be a ${STATUS_PREDICATE}`,
      de: `ist kein Status: Es muss ein ${STATUS_PREDICATE} sein`,
    })
  const predicate = root.at('predicate')
  const ours = predicate.at(OURS)
  const answers = ours
    .at('answers')
    .list((pair) => pair.list((one) => one.text()))
    .map(([standing, answer]) => ({
      standing: standing === 'law' ? ('law' as const) : ('reported' as const),
      answer: ANSWERS.find((one) => one === answer) ?? ('not-assessed' as const),
    }))
  return {
    by: ours.at('by').text(),
    product: ours.at('product').text(),
    files: root.at('subject').list((one) => ({
      name: one.at('name').text(),
      sha256: one.at('digest').at('sha256').digest(),
    })),
    gtin: gtinOf(ours.at('gtin').textOrNull()),
    batch: ours.at('batch').textOrNull(),
    serials: ours.at('serials').textOrNull(),
    market: ours.at('market').text(),
    answer: ours.at('answer').oneOf(ANSWERS),
    rules: predicate
      .at('verifier')
      .at('policies')
      .list((one) => ({
        id: one.at('name').text(),
        version: one.at('uri').text().split(':').at(-1) ?? '',
        digest: one.at('digest').at('sha256').digest(),
      }))
      .map((rule, at) => ({
        ...rule,
        ...(answers[at] ?? { standing: 'reported' as const, answer: 'not-assessed' as const }),
      })),
    properties: predicate.at('properties').list((one) => one.text()),
    asOf: dayOf(predicate.at('timeCreated').text().slice(0, 10)),
    validFrom: dayOf(ours.at('validFrom').text()),
    validUntil: dayOf(ours.at('validUntil').text()),
  }
}

function dayOf(text: string): Day {
  if (!isCalendarDay(text))
    throw new JsonError({
      en: `${text.slice(0, 20)} is no calendar day`,
      de: `${text.slice(0, 20)} ist kein Kalendertag`,
    })
  return text
}

function gtinOf(text: string | null): string | null {
  if (text === null) return null
  if (!/^\d{14}$/.test(text) || checkDigit(text.slice(0, 13)) !== Number(text[13]))
    throw new JsonError({ en: 'gtin: is no GTIN of 14 digits', de: 'gtin: ist keine GTIN mit 14 Ziffern' })
  return text
}

function refuse(name: string, message: Text): never {
  throw new FileProblems(name, [{ line: 1, field: '', message }])
}
