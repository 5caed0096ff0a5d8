import type { Text } from '@messlatte/model'
import { printable } from '../printable.ts'
import type { StoreName } from './record.ts'

// The sentences of this check. None of them may hint at the password itself.

function text(en: string, de: string): Text {
  return { en, de }
}

const STORES: Readonly<Record<StoreName, Text>> = {
  htpasswd: text('a service’s file of users', 'einer Benutzerdatei eines Dienstes'),
  'user-file': text('a service’s file of users', 'einer Benutzerdatei eines Dienstes'),
  htdigest: text('a web server’s file of users (digest)', 'einer Benutzerdatei eines Webservers (Digest)'),
  gshadow: text('the groups of the system', 'den Gruppen des Systems'),
  'lighttpd-users': text('the web server lighttpd', 'dem Webserver lighttpd'),
  'written-line': text(
    'a line of the file of accounts that a script or program writes',
    'einer Zeile der Kontendatei, die ein Skript oder Programm schreibt',
  ),
  'busybox-httpd': text('BusyBox’s web server', 'dem Webserver von BusyBox'),
  'uci-login': text('the web interface of OpenWrt', 'der Weboberfläche von OpenWrt'),
  goahead: text('the web server GoAhead', 'dem Webserver GoAhead'),
  smbpasswd: text('the file server Samba', 'dem Dateiserver Samba'),
  'radius-users': text('the RADIUS server', 'dem RADIUS-Server'),
  'vsftpd-users': text('the FTP server vsftpd', 'dem FTP-Server vsftpd'),
  'snmp-users': text('SNMPv3', 'SNMPv3'),
  'asterisk-users': text('the telephone exchange Asterisk', 'der Telefonanlage Asterisk'),
  setting: text('a setting', 'einer Einstellung'),
}

function who(user: string | undefined, store: StoreName): Text {
  const name = user === undefined ? undefined : printable(user)
  return name === undefined
    ? text(`A user in ${STORES[store].en}`, `Ein Benutzer in ${STORES[store].de}`)
    : text(`The user ${name} in ${STORES[store].en}`, `Der Benutzer ${name} in ${STORES[store].de}`)
}

function about(user: string | undefined, store: StoreName, en: string, de: string): Text {
  const subject = who(user, store)
  return text(`${subject.en} ${en}`, `${subject.de} ${de}`)
}

export function weak(user: string | undefined, store: StoreName): Text {
  return about(user, store, 'has a usual password', 'hat ein übliches Passwort')
}

export function set(user: string | undefined, store: StoreName): Text {
  return about(
    user,
    store,
    'has a password that is the same in every unit with this image',
    'hat ein Passwort, das in jedem Gerät mit diesem Abbild gleich ist',
  )
}

export function notTried(user: string | undefined, store: StoreName): Text {
  return about(
    user,
    store,
    'has a password; its hash was not tried',
    'hat ein Passwort; sein Hash wurde nicht ausprobiert',
  )
}

export function clear(user: string | undefined, store: StoreName): Text {
  return about(
    user,
    store,
    'has a password that stands in the clear',
    'hat ein Passwort, das im Klartext dasteht',
  )
}

export function empty(user: string | undefined, store: StoreName): Text {
  return about(user, store, 'needs no password', 'braucht kein Passwort')
}

export function sample(count: number): Text {
  return text(
    `Users with passwords in a sample or in what a package manager keeps: ${count}`,
    `Benutzer mit Passwörtern in einem Beispiel oder in dem, was eine Paketverwaltung aufbewahrt: ${count}`,
  )
}

export const PROVISIONING = text(
  'Proof that provisioning replaces or removes this user before the device is first used (TS 103 701, 5.4-3-1 b), or that no service reads this file.',
  'Der Nachweis, dass die Provisionierung diesen Benutzer vor der ersten Nutzung ersetzt oder entfernt (TS 103 701, 5.4-3-1 b) oder dass kein Dienst diese Datei liest.',
)

export const WEAK_REASON = text(
  'The hash was computed and is equal.',
  'Der Hash wurde berechnet und ist gleich.',
)

export const SET_REASON = text(
  'The hash is in the image; the image cannot show whether something replaces it before first use.',
  'Der Hash steht im Abbild; ob etwas ihn vor der ersten Nutzung ersetzt, kann das Abbild nicht zeigen.',
)

export const CLEAR_REASON = text(
  'The record is one that this service reads; the image cannot show whether something replaces it before first use.',
  'Der Eintrag ist einer, wie ihn dieser Dienst liest; ob etwas ihn vor der ersten Nutzung ersetzt, kann das Abbild nicht zeigen.',
)

export const EMPTY_REASON = text(
  'The record says so; whether the service accepts it is a setting of that service.',
  'Der Eintrag sagt es; ob der Dienst es annimmt, ist eine Einstellung dieses Dienstes.',
)

export const WEAKER = text(
  'It lies where a service reads it only if its configuration says so, or opens a group only.',
  'Er liegt dort, wo ein Dienst ihn nur liest, wenn seine Konfiguration es sagt, oder öffnet nur eine Gruppe.',
)

export const SAMPLE_REASON = text(
  'By its path or name the file is an example, documentation, a test, or a package manager’s.',
  'Nach Pfad oder Namen ist die Datei ein Beispiel, Dokumentation, ein Test oder die einer Paketverwaltung.',
)
