import type { ProvisionRef, Text } from '@messlatte/model'
import type { EvidenceDraft, Fact, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'

import type { ClientId } from './facts.ts'

type ClientFact = Fact<'update.client'>

export const NAMES: Readonly<Record<ClientId, string>> = {
  rauc: 'RAUC',
  swupdate: 'SWUpdate',
  mender: 'Mender',
  opkg: 'opkg',
  sysupgrade: 'sysupgrade',
  apt: 'apt',
  apk: 'apk',
  fwupd: 'fwupd',
  attendedsysupgrade: 'Attended Sysupgrade',
  ostree: 'OSTree',
  aktualizr: 'aktualizr',
  cwmp: 'TR-069',
  android: 'Android',
}

export const CONFIGURED: EvidenceDraft['confidence'] = {
  grade: 'high',
  reason: {
    en: 'It stands in the configuration of the client.',
    de: 'Es steht in der Konfiguration des Programms.',
  },
}

/** The same artefact, at another range. */
export function at(place: Place, offset: number, length: number): Place {
  return { ...place, offset, length }
}

export function draft(
  kind: string,
  polarity: EvidenceDraft['polarity'],
  refs: readonly ProvisionRef[],
  caseIds: readonly string[],
  place: Place,
  title: Text,
  rest: Pick<EvidenceDraft, 'observation' | 'confidence' | 'overturnedBy'>,
): EvidenceDraft {
  return { kind, polarity, provisions: refs, cases: cases(...caseIds), place, title, ...rest }
}

export function clientFound({ place, data }: ClientFact, installed: boolean): EvidenceDraft {
  const name = NAMES[data.client]
  return draft(
    'update.client',
    'neutral',
    provisions(['5.3-1', '5.3-2']),
    ['5.3-1-1', '5.3-2-1'],
    at(place, 0, place.length),
    { en: `The update client ${name} is configured`, de: `Das Update-Programm ${name} ist konfiguriert` },
    {
      observation: {
        client: data.client,
        installed,
        sources: data.sources.map((source) => source.url),
        ...data.details,
        repeat: `cat ${place.inner}`,
      },
      confidence: CONFIGURED,
    },
  )
}

export function keyringFound(key: Fact<'key.public'>, client: ClientFact): EvidenceDraft {
  return draft(
    'update.keyring',
    'neutral',
    provisions(['5.3-9', '5.3-10']),
    ['5.3-9-1', '5.3-10-1'],
    key.place,
    {
      en: `The key by which ${NAMES[client.data.client]} verifies updates is in the image`,
      de: `Der Schlüssel, mit dem ${NAMES[client.data.client]} Updates prüft, liegt im Image`,
    },
    {
      observation: {
        client: client.data.client,
        configuredIn: client.place.inner,
        key: key.data as unknown as EvidenceDraft['observation'],
        repeat: `openssl x509 -in ${key.place.inner} -noout -subject -pubkey`,
      },
      confidence: CONFIGURED,
    },
  )
}

/** Only together: verification that cannot be passed by, the key for it, and the client itself. */
export function signatureRequired({ place, data }: ClientFact, installed: boolean): EvidenceDraft {
  const name = NAMES[data.client]
  return draft(
    'update.signature.required',
    installed ? 'for' : 'neutral',
    provisions(['5.3-2', '5.3-9', '5.3-10']),
    ['5.3-2-1', '5.3-9-1', '5.3-10-1'],
    place,
    {
      en: `${name} verifies every update with a key that is in the image`,
      de: `${name} prüft jedes Update mit einem Schlüssel, der im Image liegt`,
    },
    {
      observation: {
        client: data.client,
        keys: data.keys.map((key) => key.path),
        verification: data.verification,
        installed,
        repeat: `cat ${place.inner}`,
      },
      confidence: installed
        ? {
            grade: 'medium',
            reason: {
              en: 'Configuration, key and program are there; that no other way leads past them is not shown.',
              de: 'Konfiguration, Schlüssel und Programm sind da; dass kein anderer Weg daran vorbeiführt, ist nicht gezeigt.',
            },
          }
        : {
            grade: 'low',
            reason: {
              en: 'Configuration and key are there, but not the program itself.',
              de: 'Konfiguration und Schlüssel sind da, aber nicht das Programm selbst.',
            },
          },
    },
  )
}

export const NO_OPTION: Text = {
  en: 'No file of opkg has the option check_signature: it does not verify its feeds',
  de: 'Keine Datei von opkg hat die Option check_signature: Es prüft seine Paketlisten nicht',
}

/** What decides may be what is missing: opkg verifies where an option in one of its files says so. */
export function isMissing({ client, verification }: ClientFact['data']): boolean {
  return client === 'opkg' && verification !== 'off'
}

export function signatureDisabled({ place, data }: ClientFact): EvidenceDraft {
  const name = NAMES[data.client]
  const missing = isMissing(data)
  return draft(
    'update.signature.disabled',
    'against',
    provisions(['5.3-2', '5.3-9', '5.3-10']),
    ['5.3-2-1', '5.3-9-1', '5.3-10-1'],
    place,
    missing
      ? NO_OPTION
      : {
          en: `${name} is configured not to verify updates`,
          de: `${name} ist so konfiguriert, dass es Updates nicht prüft`,
        },
    {
      observation: {
        client: data.client,
        verification: missing ? 'off' : data.verification,
        repeat: missing ? 'grep -rs check_signature etc/opkg.conf etc/opkg' : `cat ${place.inner}`,
      },
      confidence: CONFIGURED,
      overturnedBy: {
        en: 'A test on a unit in which an update without a valid signature is refused.',
        de: 'Ein Test an einem Gerät, in dem ein Update ohne gültige Signatur abgewiesen wird.',
      },
    },
  )
}

export function slotsFound({ place, data }: ClientFact): EvidenceDraft {
  const range = data.slotsAt ?? { offset: 0, length: place.length }
  return draft(
    'update.slots',
    'neutral',
    provisions(['5.3-2', '5.9-2']),
    ['5.3-2-1'],
    at(place, range.offset, range.length),
    {
      en: 'There are two slots: a failed update can fall back on the other one',
      de: 'Es gibt zwei Slots: Ein misslungenes Update kann auf den anderen zurückfallen',
    },
    {
      observation: { client: data.client, slots: data.slots, repeat: `cat ${place.inner}` },
      confidence: CONFIGURED,
    },
  )
}

export const FETCHED_ELSEWHERE: Text = {
  en: 'Proof that what comes is verified with a key of the device before it is used (for instance a refused update with one changed byte), or that the script never runs.',
  de: 'Der Nachweis, dass das Empfangene vor der Verwendung mit einem Schlüssel des Geräts geprüft wird (etwa ein abgewiesenes Update mit einem geänderten Byte), oder dass das Skript nie läuft.',
}

export function plainTransport(
  place: Place,
  fetch: { readonly url: string; readonly scheme: string; readonly offset: number; readonly length: number },
  verified: boolean,
  conditional: boolean,
): EvidenceDraft {
  return draft(
    'update.transport.plain-http',
    verified ? 'neutral' : 'against',
    verified ? provisions(['5.3-10']) : provisions(['5.3-10', '5.5-1']),
    ['5.3-10-1', '5.5-1-2'],
    at(place, fetch.offset, fetch.length),
    {
      en: verified
        ? 'Updates come without encryption, and are verified'
        : 'Updates come over a connection that anybody on the way can change',
      de: verified
        ? 'Updates kommen unverschlüsselt und werden geprüft'
        : 'Updates kommen über eine Verbindung, die jeder auf dem Weg verändern kann',
    },
    {
      observation: {
        url: fetch.url,
        scheme: fetch.scheme,
        verified,
        repeat: `grep -n '${fetch.scheme}' ${place.inner}`,
      },
      confidence: conditional
        ? {
            grade: 'medium',
            reason: {
              en: 'The address stands in a branch that runs on a condition.',
              de: 'Die Adresse steht in einem Zweig, der unter einer Bedingung läuft.',
            },
          }
        : {
            grade: 'high',
            reason: {
              en: 'The address stands in the command that fetches.',
              de: 'Die Adresse steht in dem Befehl, der lädt.',
            },
          },
      ...(verified ? {} : { overturnedBy: FETCHED_ELSEWHERE }),
    },
  )
}

export function tlsUnchecked(
  place: Place,
  observation: EvidenceDraft['observation'],
  verified: boolean,
): EvidenceDraft {
  return draft(
    'update.tls.unchecked',
    verified ? 'neutral' : 'against',
    provisions(['5.3-10', '5.5-1']),
    ['5.3-10-1', '5.5-1-2'],
    place,
    {
      en: 'The certificate of the update server is not checked',
      de: 'Das Zertifikat des Update-Servers wird nicht geprüft',
    },
    { observation, confidence: CONFIGURED, ...(verified ? {} : { overturnedBy: FETCHED_ELSEWHERE }) },
  )
}

export function supportPeriod(place: Place, end: string): EvidenceDraft {
  return draft(
    'support.period',
    'neutral',
    provisions(['5.3-13']),
    ['5.3-13-1'],
    place,
    {
      en: `The image names an end of support: ${end}`,
      de: `Das Image nennt ein Ende der Unterstützung: ${end.split('-').toReversed().join('.')}`,
    },
    {
      observation: { end, repeat: `grep SUPPORT_END ${place.inner}` },
      confidence: {
        grade: 'medium',
        reason: {
          en: 'The provision asks for publication; this is no publication.',
          de: 'Die Anforderung verlangt eine Veröffentlichung; dies ist keine.',
        },
      },
    },
  )
}
