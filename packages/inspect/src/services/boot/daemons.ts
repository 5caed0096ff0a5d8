import { baseName } from './words.ts'

/** A port that a program listens on when nothing tells it otherwise. */
export interface Port {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
}

/** A program that is known to serve, and what it does when it is started. */
export interface Daemon {
  readonly title: string
  readonly listens: readonly Port[]
  /** Letter of the option that changes its first port. */
  readonly portOption?: string
  /** False where it lets in anyone; undefined where that is a matter of its configuration. */
  readonly authenticates?: boolean
}

const tcp = (port: number): Port => ({ protocol: 'tcp', port })
const udp = (port: number): Port => ({ protocol: 'udp', port })

function web(title: string): Daemon {
  return { title, listens: [tcp(80)], portOption: 'p' }
}

/** Without a script to run, it is one for somebody who sits at a terminal. */
const TERMINAL_SHELL: Daemon = { title: 'Shell (TTY)', listens: [], authenticates: false }

const DAEMONS: Readonly<Record<string, Daemon>> = {
  sh: TERMINAL_SHELL,
  ash: TERMINAL_SHELL,
  bash: TERMINAL_SHELL,
  telnetd: { title: 'Telnet', listens: [tcp(23)], portOption: 'p' },
  utelnetd: { title: 'Telnet', listens: [tcp(23)], portOption: 'p' },
  'in.telnetd': { title: 'Telnet', listens: [tcp(23)] },
  dropbear: { title: 'SSH (Dropbear)', listens: [tcp(22)], portOption: 'p', authenticates: true },
  sshd: { title: 'SSH (OpenSSH)', listens: [tcp(22)], portOption: 'p', authenticates: true },
  adbd: { title: 'Android Debug Bridge', listens: [tcp(5555)] },
  rshd: { title: 'rsh', listens: [tcp(514)] },
  rlogind: { title: 'rlogin', listens: [tcp(513)] },
  httpd: web('Web server'),
  uhttpd: web('HTTP (uhttpd)'),
  lighttpd: { title: 'HTTP (lighttpd)', listens: [tcp(80)] },
  nginx: { title: 'HTTP (nginx)', listens: [tcp(80)] },
  apache2: { title: 'HTTP (Apache)', listens: [tcp(80)] },
  mini_httpd: web('HTTP (mini_httpd)'),
  thttpd: web('HTTP (thttpd)'),
  boa: { title: 'HTTP (Boa)', listens: [tcp(80)] },
  webs: { title: 'HTTP (GoAhead)', listens: [tcp(80)] },
  goahead: { title: 'HTTP (GoAhead)', listens: [tcp(80)] },
  appweb: { title: 'HTTP (Appweb)', listens: [tcp(80)] },
  mongoose: { title: 'HTTP (Mongoose)', listens: [tcp(8080)] },
  ftpd: { title: 'FTP', listens: [tcp(21)] },
  vsftpd: { title: 'FTP (vsftpd)', listens: [tcp(21)] },
  proftpd: { title: 'FTP (ProFTPD)', listens: [tcp(21)] },
  'pure-ftpd': { title: 'FTP (Pure-FTPd)', listens: [tcp(21)] },
  bftpd: { title: 'FTP (bftpd)', listens: [tcp(21)] },
  tftpd: { title: 'TFTP', listens: [udp(69)], authenticates: false },
  'in.tftpd': { title: 'TFTP', listens: [udp(69)], authenticates: false },
  atftpd: { title: 'TFTP', listens: [udp(69)], authenticates: false },
  snmpd: { title: 'SNMP', listens: [udp(161)] },
  mini_snmpd: { title: 'SNMP', listens: [udp(161)] },
  dnsmasq: { title: 'DNS, DHCP (dnsmasq)', listens: [udp(53), tcp(53), udp(67)] },
  udhcpd: { title: 'DHCP (udhcpd)', listens: [udp(67)] },
  odhcpd: { title: 'DHCPv6 (odhcpd)', listens: [udp(547)] },
  dhcpd: { title: 'DHCP (dhcpd)', listens: [udp(67)] },
  miniupnpd: { title: 'UPnP IGD', listens: [udp(1900), tcp(5000)], authenticates: false },
  upnpd: { title: 'UPnP', listens: [udp(1900)], authenticates: false },
  wscd: { title: 'Wi-Fi Protected Setup', listens: [] },
  minidlna: { title: 'DLNA', listens: [tcp(8200), udp(1900)], authenticates: false },
  minidlnad: { title: 'DLNA', listens: [tcp(8200), udp(1900)], authenticates: false },
  smbd: { title: 'SMB', listens: [tcp(445), tcp(139)] },
  nmbd: { title: 'NetBIOS (nmbd)', listens: [udp(137)] },
  'avahi-daemon': { title: 'mDNS (Avahi)', listens: [udp(5353)] },
  mdnsd: { title: 'mDNS', listens: [udp(5353)] },
  umdns: { title: 'mDNS', listens: [udp(5353)] },
  rpcbind: { title: 'RPC', listens: [tcp(111), udp(111)] },
  portmap: { title: 'RPC', listens: [tcp(111), udp(111)] },
  'rpc.nfsd': { title: 'NFS', listens: [tcp(2049)] },
  'rpc.mountd': { title: 'NFS (mountd)', listens: [] },
  mosquitto: { title: 'MQTT', listens: [tcp(1883)], portOption: 'p' },
  'redis-server': { title: 'Redis', listens: [tcp(6379)] },
  mysqld: { title: 'MySQL', listens: [tcp(3306)] },
  cupsd: { title: 'IPP (CUPS)', listens: [tcp(631)] },
  p910nd: { title: 'JetDirect (p910nd)', listens: [tcp(9100)] },
  rtspd: { title: 'RTSP', listens: [tcp(554)] },
  rtsp_server: { title: 'RTSP', listens: [tcp(554)] },
  live555MediaServer: { title: 'RTSP', listens: [tcp(554)] },
  onvif: { title: 'ONVIF', listens: [tcp(80)] },
  onvifd: { title: 'ONVIF', listens: [tcp(80)] },
  wsdd: { title: 'WS-Discovery', listens: [udp(3702)] },
  cwmpd: { title: 'TR-069', listens: [tcp(7547)] },
  cwmp: { title: 'TR-069', listens: [tcp(7547)] },
  tr069: { title: 'TR-069', listens: [tcp(7547)] },
  tr069d: { title: 'TR-069', listens: [tcp(7547)] },
  easycwmpd: { title: 'TR-069', listens: [tcp(7547)] },
  icwmpd: { title: 'TR-069', listens: [tcp(7547)] },
  ntpd: { title: 'NTP', listens: [] },
  chronyd: { title: 'NTP (chrony)', listens: [] },
  pppd: { title: 'PPP', listens: [] },
  pptpd: { title: 'PPTP', listens: [tcp(1723)] },
  xl2tpd: { title: 'L2TP', listens: [udp(1701)] },
  openvpn: { title: 'OpenVPN', listens: [udp(1194)], authenticates: true },
  charon: { title: 'IPsec', listens: [udp(500), udp(4500)], authenticates: true },
  hostapd: { title: 'Wi-Fi (hostapd)', listens: [] },
  wpa_supplicant: { title: 'Wi-Fi (wpa_supplicant)', listens: [] },
  bluetoothd: { title: 'Bluetooth', listens: [] },
  crond: { title: 'cron', listens: [] },
  cron: { title: 'cron', listens: [] },
  syslogd: { title: 'syslog', listens: [] },
  rsyslogd: { title: 'syslog', listens: [] },
  klogd: { title: 'klogd', listens: [] },
  logd: { title: 'syslog', listens: [] },
  inetd: { title: 'inetd', listens: [] },
  xinetd: { title: 'xinetd', listens: [] },
  'dbus-daemon': { title: 'D-Bus', listens: [] },
  ubusd: { title: 'ubus', listens: [] },
  netifd: { title: 'netifd', listens: [] },
  rpcd: { title: 'ubus RPC', listens: [] },
  watchdog: { title: 'Watchdog', listens: [] },
  gdbserver: { title: 'gdbserver', listens: [], authenticates: false },
  zebra: { title: 'Routing', listens: [tcp(2601)] },
  igmpproxy: { title: 'IGMP (igmpproxy)', listens: [] },
  udevd: { title: 'udev', listens: [] },
  udhcpc: { title: 'DHCP (udhcpc)', listens: [] },
  dhclient: { title: 'DHCP (dhclient)', listens: [] },
  dhcpcd: { title: 'DHCP (dhcpcd)', listens: [] },
  getty: { title: 'Login (TTY)', listens: [], authenticates: true },
  agetty: { title: 'Login (TTY)', listens: [], authenticates: true },
}

const LONGEST_PORT = 65_535

export function daemonOf(program: string): Daemon | undefined {
  const name = baseName(program)
  return Object.hasOwn(DAEMONS, name) ? DAEMONS[name] : undefined
}

/** The ports of a command: those of the program, with the one that an option names in place of the first. */
export function portsOf(words: readonly string[]): readonly Port[] {
  const [program = '', ...args] = words
  const daemon = daemonOf(program)
  if (!daemon) return []
  const [first, ...others] = daemon.listens
  if (!first || daemon.portOption === undefined) return daemon.listens
  const named = optionPorts(args, daemon.portOption)
  return named.length === 0 ? daemon.listens : [...named.map((port) => ({ ...first, port })), ...others]
}

/** `-p 8080`, `-p8080`, `-p 127.0.0.1:8080`. */
function optionPorts(args: readonly string[], letter: string): readonly number[] {
  return args.flatMap((arg, index) => {
    const value =
      arg === `-${letter}` ? args[index + 1] : arg.startsWith(`-${letter}`) ? arg.slice(2) : undefined
    const port = Number(/(?:^|:)(\d{1,5})$/.exec(value ?? '')?.[1])
    return port > 0 && port <= LONGEST_PORT ? [port] : []
  })
}
