import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.3, keep software updated: what users see, and what the maker does and publishes. */
export const CLAUSE_5_3_DUTIES: readonly ProvisionRule[] = [
  provision({
    id: '5.3-3',
    status: 'M',
    conditions: [12],
    title: text(
      'An update is simple for the user to apply',
      'Eine Aktualisierung ist für Benutzer einfach anzuwenden',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, initiation and interaction: the steps a user takes for each component (best none, or one in app or web page), with screenshots',
        'IXIT 7-UpdMech, Auslösung und Bedienung: die Schritte des Benutzers je Komponente (am besten keine, sonst einer in App oder Weboberfläche), mit Bildschirmfotos',
      ),
    ],
  }),
  provision({
    id: '5.3-6',
    status: 'R',
    conditions: [9, 12],
    title: text(
      'Automatic updates or notices are on after set-up, and the user can enable, disable or postpone them',
      'Automatische Aktualisierungen oder Hinweise sind nach der Einrichtung an; Benutzer können sie ein- und ausschalten oder verschieben',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, configuration: default after set-up and where the user enables, disables and postpones installation and notices',
        'IXIT 7-UpdMech, Konfiguration: Voreinstellung nach der Einrichtung und wo Benutzer Installation und Hinweise ein- und ausschalten und verschieben',
      ),
      ask(
        'laboratory',
        'device',
        'A record of each of these settings, tried on a unit in its initialised state',
        'Ein Protokoll jeder dieser Einstellungen, ausprobiert an einem eingerichteten Gerät',
      ),
    ],
  }),
  provision({
    id: '5.3-8',
    status: 'M',
    conditions: [12],
    title: text('Security updates come in good time', 'Sicherheitsaktualisierungen kommen zeitnah'),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 8-UpdProc: the steps from a known vulnerability to the delivered update with a time frame for each, and the confirmation in IXIT 4-Conf',
        'IXIT 8-UpdProc: die Schritte von der bekannten Schwachstelle bis zur ausgelieferten Aktualisierung mit Fristen, dazu die Bestätigung in IXIT 4-Conf',
      ),
      ask(
        'maker',
        'versions',
        'The release history with dates and the vulnerabilities each release fixed, best with the last two images',
        'Die Versionsgeschichte mit Daten und den je Version behobenen Schwachstellen, am besten mit den letzten beiden Abbildern',
      ),
    ],
  }),
  provision({
    id: '5.3-11',
    status: 'R',
    conditions: [12],
    title: text(
      'The user learns in a recognisable way that a security update is needed and which risks it removes',
      'Benutzer erfahren deutlich, dass eine Sicherheitsaktualisierung nötig ist und welche Risiken sie beseitigt',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, user notification: how and where the notice appears, and the text of a real one with its statement of risks',
        'IXIT 7-UpdMech, Benachrichtigung: wie und wo der Hinweis erscheint, und der Text eines echten Hinweises mit Angabe der Risiken',
      ),
    ],
  }),
  provision({
    id: '5.3-12',
    status: 'R',
    conditions: [12],
    title: text(
      'The device says when an update will interrupt its basic function',
      'Das Gerät meldet, wenn eine Aktualisierung seine Grundfunktion unterbricht',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, user notification: which updates interrupt the basic function, for how long, and how the device itself says so (display, light, sound, app)',
        'IXIT 7-UpdMech, Benachrichtigung: welche Aktualisierungen die Grundfunktion unterbrechen, wie lange, und wie das Gerät selbst darauf hinweist (Anzeige, Leuchte, Ton, App)',
      ),
    ],
  }),
  provision({
    id: '5.3-13',
    status: 'M',
    title: text(
      'The support period is published, easy to find and clear',
      'Der Unterstützungszeitraum ist veröffentlicht, leicht zu finden und verständlich',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The web address where the support period of this model stands with an end date, readable without an account (IXIT 2-UserInfo)',
        'Die Webadresse, unter der der Unterstützungszeitraum dieses Modells mit Enddatum steht, ohne Konto lesbar (IXIT 2-UserInfo)',
      ),
      ask(
        'importer',
        'documents',
        'Packaging, manual or shop page that shows the same period to the buyer',
        'Verpackung, Anleitung oder Verkaufsseite, die dem Käufer denselben Zeitraum nennt',
      ),
    ],
  }),
  provision({
    id: '5.3-14',
    status: 'R',
    conditions: [3, 4],
    title: text(
      'For a constrained device that cannot be updated: reason, replacement of hardware and support period are published',
      'Für ein eingeschränktes, nicht aktualisierbares Gerät sind Grund, Hardwareersatz und Unterstützungszeitraum veröffentlicht',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The published page that says why the parts cannot be updated, when and how the hardware is replaced, and how long support lasts (IXIT 2-UserInfo)',
        'Die veröffentlichte Seite mit Grund der fehlenden Aktualisierbarkeit, Zeitpunkt und Weg des Hardwareersatzes und Dauer der Unterstützung (IXIT 2-UserInfo)',
      ),
    ],
    source: 'en303645-v2.1.1-conditions-3-4',
  }),
  provision({
    id: '5.3-15',
    status: 'R',
    conditions: [3, 4],
    title: text(
      'A constrained device that cannot be updated can be isolated, and its hardware replaced',
      'Ein eingeschränktes, nicht aktualisierbares Gerät lässt sich vom Netz trennen und seine Hardware ersetzen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 9-ReplSup: how the product is isolated without losing more than connectivity, and how its hardware is replaced',
        'IXIT 9-ReplSup: wie das Produkt getrennt wird, ohne mehr als die Verbindung zu verlieren, und wie seine Hardware ersetzt wird',
      ),
      ask(
        'laboratory',
        'device',
        'A record of both, carried out on a unit',
        'Ein Protokoll über beides, an einem Gerät ausgeführt',
      ),
    ],
    source: 'en303645-v2.1.1-conditions-3-4',
  }),
  provision({
    id: '5.3-16',
    status: 'M',
    title: text(
      'The model designation can be read on a label or through a physical interface',
      'Die Modellbezeichnung ist auf einem Schild oder über eine physische Schnittstelle ablesbar',
    ),
    missing: [
      ask(
        'importer',
        'device',
        'A photograph of the type label of a unit with the model designation in plain text, the same as in IXIT 2-UserInfo',
        'Ein Foto des Typenschilds eines Geräts mit der Modellbezeichnung im Klartext, gleichlautend mit IXIT 2-UserInfo',
      ),
    ],
  }),
]
