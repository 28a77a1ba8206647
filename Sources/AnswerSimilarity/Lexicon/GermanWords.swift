/// What the guards know of German.
enum GermanWords: LexiconWords {
  static let code = "de"

  static let light = """
    der die das den dem des ein eine einen einem einer eines und zu zum zur im in am an auf
    für mit bei beim von vom es ist sind bin bist war waren sein wird werden wurde hat haben
    habe hatte kann können kannst könnte soll sollte muss müssen darf dürfen ich mich mir mein
    meine meinen meinem meiner wir uns unser unsere unseren sie ihr ihre ihren ihnen du dich
    dir dein deine sich dass ob wenn dann da also man als
    """
  static let courtesy = "bitte danke hallo mal eigentlich doch denn gern gerne"
  static let negations = """
    nicht nie niemals kein keine keinen keinem keiner keines ohne weder noch niemand nichts
    nirgends
    """
  static let markers = """
    von=from vom=from aus=from nach=to zu=to zum=to zur=to durch=by gegen=vs über=over
    unter=under vor=before bis=until seit=since zwischen=between während=during statt außer
    als=than
    """
  static let loose = "in=at auf=at an=at für mit"
  static let alsoNames = ""
  static let capitonyms = ""
  static let floating = "kosten preis"
  static let opposites = """
    ein an | aus ab
    einschalten aktivieren anschalten | ausschalten deaktivieren abschalten
    erhöhen mehr höher | senken verringern weniger niedriger
    öffnen offen | schließen geschlossen
    kaufen | verkaufen
    vor vorher | nach nachher
    erlauben erlaubt | verbieten verboten
    mit | ohne
    anmelden einloggen | abmelden ausloggen
    hinzufügen | entfernen löschen
    installieren | deinstallieren
    sperren | entsperren
    senden schicken | empfangen bekommen
    billigste günstigste billiger günstiger | teuerste teurer
    beste besser | schlechteste schlechter
    erste | letzte
    links | rechts
    immer | nie
    """
  static let dates = """
    heute morgen gestern übermorgen vorgestern jetzt nächste nächsten nächster nächstes letzte
    letzten letzter letztes vorige montag dienstag mittwoch donnerstag freitag samstag sonntag
    mittags nachts abends morgens täglich wöchentlich monatlich jährlich werktag wochenende
    """
  static let quantities = """
    alle jeder jede jedes einige manche nur beide viele wenige genug halb ganz immer manchmal
    oft
    """
  static let comparisons = """
    mehr weniger am_meisten besser beste schlechter billiger billigste günstiger günstigste
    teurer teuerste größer größte kleiner kleinste höher höchste niedriger niedrigste
    schneller schnellste langsamer älter älteste neuer neueste
    """
  static let numbers = """
    null=0 eins=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11
    zwölf=12 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 hundert=100 tausend=1000
    million=1000000 dutzend=12 erste=#1 zweite=#2 dritte=#3 ersten=#1 zweiten=#2 dritten=#3
    """
  static let units = """
    % prozent=% $=dollar dollar € euro=€ eur=€ £ km kilometer=km m meter=m cm kg kilo=kg
    kilogramm=kg g gramm=g l liter=l ml sekunde sekunden=sekunde minute minuten=minute stunde
    stunden=stunde uhr tag tage=tag tagen=tag woche wochen=woche monat monate=monat
    monaten=monat jahr jahre=jahr jahren=jahr grad=° ° °c kb mb gb tb
    """
  static let months = """
    januar=01 februar=02 märz=03 april=04 mai=05 juni=06 juli=07 august=08 september=09
    oktober=10 november=11 dezember=12
    """
  static let paraphrases = """
    kündigen beenden
    löschen entfernen
    passwort kennwort
    kosten preis kostet
    rechnung rechnungen
    kaufen erwerben
    ändern bearbeiten aktualisieren
    bestellung auftrag
    """
  static let anchored = """
    passwort:zurücksetzen vergessen
    """
  static let phrases = """
    können sie mir sagen,kannst du mir sagen,ich möchte wissen,ich wüsste gern >
    ich möchte,ich will,ich muss,hilf mir,helfen sie mir > ~how ich
    was muss ich tun,was mache ich,was soll ich tun,was kann ich tun,was tun > ~how
    wie viel kostet,was kostet,wieviel kostet > ~what kosten
    zurück setzen > zurücksetzen
    """
  static let actions = """
    zurücksetzen vergessen kündigen löschen ändern kaufen bezahlen finden erstellen
    """
  static let questions = """
    wie=how warum=why wieso=why weshalb=why wann=when wo=where wohin=whereto woher=wherefrom
    wer=who wen=whom wem=whomto was=what welche=which welcher=which welches=which
    welchen=which ~how=how ~what=what ~whether=whether
    """
  static let auxiliaries = """
    ist=be sind=be bin=be war=be wird=will werden=will hat=have haben=have habe=have kann=can
    können=can kannst=can muss=must müssen=must darf=may dürfen=may soll=should
    """
  static let pasts = "war waren hatte wurde wurden"
  static let futures = ""
  static let modals = """
    kann=can können=can kannst=can darf=may dürfen=may muss=must müssen=must soll=should
    sollte=should
    """
  static let persons = """
    ich=1s mich=1o mir=1o mein=1p meine=1p meinen=1p meinem=1p meiner=1p wir=4s uns=4o
    unser=4p unsere=4p unseren=4p du=2s dich=2o dir=2o dein=2p deine=2p deinen=2p er=3he.s ihn=3he.o
    ihm=3he.od sein=3he.p seine=3he.p seinen=3he.p seinem=3he.p seiner=3he.p
    """
  static let particleVerbs = ""
  static let particles = ""
  static let irregular = ""
  static let focus = "nur auch sogar erst schon fast wirklich bloß noch lediglich einfach"
  static let deictic = "hier dort da dies diese dieser dieses jene jener es"
  static let articles = """
    der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner
    meines dein deine deinen deinem deiner sein seine seinen seinem seiner unser unsere unseren
    unserem unserer kein keine keinen keinem keiner im=dem am=dem zum=dem zur=der vom=dem beim=dem
    ins=das ans=das
    """
  static let formal = "sie ihr ihre ihren ihrem ihrer ihres ihnen"
}
