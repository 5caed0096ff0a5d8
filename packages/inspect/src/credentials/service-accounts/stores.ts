import { readDigestUsers, readLighttpdUsers, readMarkedUsers, readNamedUsers } from './readers/colon.ts'
import {
  readAsteriskUsers,
  readRadiusUsers,
  readSmbpasswd,
  readSnmpUsers,
  readVsftpdUsers,
} from './readers/network.ts'
import { readBusyboxHttpd, readGoAhead, readOldGoAhead, readSettings, readUciLogins } from './readers/web.ts'
import type { RecordReader, StoreName } from './record.ts'

interface Store {
  readonly name: StoreName
  /** Of the path below the root. */
  readonly path: RegExp
  readonly read: RecordReader
}

/** Files that are known by their names; the first that fits counts. */
export const STORES: readonly Store[] = [
  { name: 'smbpasswd', path: /(?:^|\/)smbpasswd$/, read: readSmbpasswd },
  { name: 'gshadow', path: /(?:^|\/)etc\/gshadow$/, read: readNamedUsers },
  {
    name: 'htdigest',
    path: /(?:^|\/)[\w.-]*(?:htdigest|digest[._-]?(?:passwd|users?))[\w.-]*$/,
    read: readDigestUsers,
  },
  {
    name: 'htpasswd',
    path: /(?:^|\/)[\w.-]*(?:htpasswd|ftpd\.passwd|pureftpd\.passwd|boa\.passwd|httpd\.passwd|nginx\.passwd|mosquitto\.(?:passwd|pwd))[\w.-]*$/,
    read: readNamedUsers,
  },
  {
    name: 'lighttpd-users',
    path: /(?:^|\/)(?:lighttpd[\w.-]*\.user|lighttpd\/[\w.-]*(?:plain|users?)[\w.-]*)$/,
    read: readLighttpdUsers,
  },
  { name: 'busybox-httpd', path: /(?:^|\/)httpd\.conf$/, read: readBusyboxHttpd },
  { name: 'uci-login', path: /(?:^|\/)etc\/config\/(?:rpcd|uhttpd)$/, read: readUciLogins },
  { name: 'goahead', path: /(?:^|\/)(?:auth|route|users)\.txt$/, read: readGoAhead },
  { name: 'goahead', path: /(?:^|\/)umconfig\.txt$/, read: readOldGoAhead },
  {
    name: 'radius-users',
    path: /(?:^|\/)(?:raddb|freeradius)\/(?:[\w.-]+\/)*(?:users|authorize)$/,
    read: readRadiusUsers,
  },
  {
    name: 'vsftpd-users',
    path: /(?:^|\/)vsftpd[\w.-]*\/?(?:virtual[_-]?users?|vusers?|logins?|users?)\.txt$/,
    read: readVsftpdUsers,
  },
  { name: 'snmp-users', path: /(?:^|\/)snmpd?(?:\.local)?\.conf$/, read: readSnmpUsers },
  { name: 'asterisk-users', path: /(?:^|\/)asterisk\/[\w.-]+\.conf$/, read: readAsteriskUsers },
  {
    name: 'setting',
    path: /(?:^|\/)etc\/(?!ssl\/|ca-certificates|fonts\/|init\.d\/|rc\w?\.d\/|alternatives\/)(?:[\w.-]+\/)*[\w.-]+\.(?:conf|cfg|ini|json|xml|ya?ml)$|(?:^|\/)[\w.-]*(?:config|conf|settings?|default|factory|users?|accounts?)[\w.-]*\.(?:json|xml|ini|cfg|dat|ya?ml)$/i,
    read: readSettings,
  },
]

/** Any file whose lines are users with hashes that say what they are. */
export const USER_FILE: Store = { name: 'user-file', path: /./, read: readMarkedUsers }

/** How such hashes stand behind a user's name. */
export const MARKS = [
  ':$1$',
  ':$5$',
  ':$6$',
  ':$7$',
  ':$y$',
  ':$2y$',
  ':$2b$',
  ':$2a$',
  ':$apr1$',
  ':{SHA}',
  ':{SSHA',
  ':{SMD5',
]
