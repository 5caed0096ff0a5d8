import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.6: minimise exposed attack surfaces. */
export const CLAUSE_5_6: readonly ProvisionRule[] = [
  provision({
    id: '5.6-1',
    status: 'M',
    title: text(
      'All network and logical interfaces that are not used are disabled',
      'Alle ungenutzten Netz- und logischen Schnittstellen sind abgeschaltet',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 15-Intf: every network and logical interface with status and the purpose of each that is on',
        'IXIT 15-Intf: jede Netz- und logische Schnittstelle mit Zustand und dem Zweck jeder eingeschalteten',
      ),
      ask(
        'laboratory',
        'device',
        'A TCP and UDP scan of all ports over IPv4 and IPv6, on every network interface, compared with that list',
        'Ein TCP- und UDP-Scan aller Ports über IPv4 und IPv6 an jeder Netzschnittstelle, verglichen mit dieser Liste',
      ),
    ],
  }),
  provision({
    id: '5.6-2',
    status: 'M',
    title: text(
      'Once set up, the device discloses as little security-relevant information as possible without authentication',
      'Nach der Einrichtung gibt das Gerät ohne Authentisierung möglichst wenig Sicherheitsrelevantes preis',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 15-Intf, disclosed information: what each interface tells without login (versions, banners, names, addresses) and why it must',
        'IXIT 15-Intf, preisgegebene Angaben: was jede Schnittstelle ohne Anmeldung verrät (Versionen, Banner, Namen, Adressen) und warum sie es muss',
      ),
      ask(
        'laboratory',
        'device',
        'The banners, mDNS, UPnP, DHCP and Bluetooth announcements of a unit, recorded without login',
        'Banner sowie mDNS-, UPnP-, DHCP- und Bluetooth-Ankündigungen eines Geräts, ohne Anmeldung aufgezeichnet',
      ),
    ],
  }),
  provision({
    id: '5.6-3',
    status: 'R',
    title: text(
      'Physical interfaces are not exposed without need',
      'Physische Schnittstellen sind nicht unnötig zugänglich',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 15-Intf, physical interfaces: each with purpose and protection, radio included',
        'IXIT 15-Intf, physische Schnittstellen: jede mit Zweck und Schutz, auch Funk',
      ),
      ask(
        'laboratory',
        'device',
        'Photographs of the closed and the opened unit on which every connector, header and antenna is named',
        'Fotos des geschlossenen und des geöffneten Geräts, auf denen jeder Stecker, jede Stiftleiste und jede Antenne benannt ist',
      ),
    ],
  }),
  provision({
    id: '5.6-4',
    status: 'M',
    conditions: [13],
    title: text(
      'A debug interface that can be reached physically is disabled in software',
      'Eine physisch erreichbare Debug-Schnittstelle ist in der Software abgeschaltet',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 15-Intf, debug interfaces: UART, JTAG, SWD, USB gadget and fastboot, each with how it is switched off in units for sale',
        'IXIT 15-Intf, Debug-Schnittstellen: UART, JTAG, SWD, USB-Gadget und Fastboot, jeweils mit der Art der Abschaltung in Verkaufsgeräten',
      ),
      ask(
        'laboratory',
        'device',
        'The serial log of a unit for sale from power-on, with an attempt to stop the bootloader and to log in, and an attempt to connect a debugger',
        'Das serielle Protokoll eines Verkaufsgeräts ab dem Einschalten, mit dem Versuch, den Bootloader anzuhalten, sich anzumelden und einen Debugger zu verbinden',
      ),
    ],
  }),
  provision({
    id: '5.6-5',
    status: 'R',
    title: text(
      'Only services that the intended use needs are enabled',
      'Nur Dienste, die der vorgesehene Gebrauch braucht, sind eingeschaltet',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 13-SoftServ: every service that starts by default, with the reason why the intended use needs it',
        'IXIT 13-SoftServ: jeder Dienst, der ab Werk startet, mit dem Grund, warum der vorgesehene Gebrauch ihn braucht',
      ),
      ask(
        'laboratory',
        'device',
        'The process list and listening sockets of a unit in its initialised state',
        'Prozessliste und lauschende Sockets eines eingerichteten Geräts',
      ),
    ],
  }),
  provision({
    id: '5.6-6',
    status: 'R',
    title: text('Code is kept to what is needed', 'Der Code ist auf das Nötige beschränkt'),
    imageCanSupport: true,
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 16-CodeMin: how unneeded packages, features and test code are kept out, with the build configuration of this version',
        'IXIT 16-CodeMin: wie nicht benötigte Pakete, Funktionen und Testcode herausgehalten werden, mit der Build-Konfiguration dieser Version',
      ),
    ],
  }),
  provision({
    id: '5.6-7',
    status: 'R',
    title: text('Software runs with least privilege', 'Software läuft mit den geringsten nötigen Rechten'),
    imageCanSupport: true,
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 17-PrivlCtrl: which service runs as which user with which capabilities or sandbox, and why any runs as root',
        'IXIT 17-PrivlCtrl: welcher Dienst als welcher Benutzer mit welchen Rechten oder welcher Sandbox läuft und warum einer als root läuft',
      ),
      ask(
        'laboratory',
        'device',
        'The process list of a running unit with user ids and capabilities',
        'Die Prozessliste eines laufenden Geräts mit Benutzerkennungen und Rechten',
      ),
    ],
  }),
  provision({
    id: '5.6-8',
    status: 'R',
    title: text(
      'The hardware controls access to memory',
      'Die Hardware steuert den Zugriff auf den Speicher',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 18-AccCtrl: MMU or MPU of the processor with part number, and how the operating system uses it',
        'IXIT 18-AccCtrl: MMU oder MPU des Prozessors mit Typbezeichnung und wie das Betriebssystem sie nutzt',
      ),
    ],
  }),
  provision({
    id: '5.6-9',
    status: 'R',
    title: text(
      'Software is developed in a secure process',
      'Software entsteht in einem sicheren Entwicklungsprozess',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 19-SecDev: training, design, coding rules, tools, tests, review, release and third-party code, and the confirmation in IXIT 4-Conf',
        'IXIT 19-SecDev: Schulung, Entwurf, Programmierregeln, Werkzeuge, Tests, Begutachtung, Freigabe und fremder Code, dazu die Bestätigung in IXIT 4-Conf',
      ),
    ],
  }),
]
