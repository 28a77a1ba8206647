/// What the guards know of French.
enum FrenchWords: LexiconWords {
  static let code = "fr"

  static let light = """
    le la les un une des du de d l et à au aux en dans pour sur avec que qu ce c cette ces est
    sont suis était être a ai as avons ont avoir avait peux peut puis pouvez pouvons dois doit
    je j me m moi mon ma mes nous notre nos vous votre vos tu te t ton ta tes se s il y si
    donc on fait faire
    """
  static let courtesy = "merci bonjour svp salut"
  static let negations = "ne n pas jamais sans aucun aucune rien personne ni non plus"
  static let markers = """
    par=by depuis=since vers=to chez avant=before après=after jusque=until jusqu=until
    entre=between contre=vs sous=under dessus=over pendant=during sauf
    """
  static let loose = "en=at dans=at sur=at pour avec à=to au=to aux=to"
  static let alsoNames = ""
  static let capitonyms = ""
  static let floating = "prix"
  static let opposites = """
    activer allumer | désactiver éteindre
    augmenter plus | diminuer réduire moins
    ouvrir ouvert | fermer fermé
    acheter | vendre
    avant | après
    autoriser permettre | interdire
    avec | sans
    connecter | déconnecter
    ajouter | supprimer retirer
    installer | désinstaller
    envoyer | recevoir
    meilleur mieux | pire
    premier | dernier
    gauche | droite
    toujours | jamais
    inclure | exclure
    """
  static let dates = """
    aujourd hui demain hier maintenant prochain prochaine dernier dernière lundi mardi
    mercredi jeudi vendredi samedi dimanche midi minuit matin soir nuit
    """
  static let quantities = """
    tout tous toute toutes chaque quelques seulement plusieurs beaucoup peu assez toujours
    parfois souvent
    """
  static let comparisons = "plus moins meilleur meilleure mieux pire"
  static let numbers = """
    zéro=0 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12
    vingt=20 trente=30 quarante=40 cinquante=50 cent=100 mille=1000 million=1000000 premier=#1
    première=#1 deuxième=#2 troisième=#3
    """
  static let units = """
    % pourcent=% $ dollar=$ dollars=$ € euro=€ euros=€ km kilomètres=km kilomètre=km m mètre=m
    mètres=m kg kilo=kg kilos=kg g gramme=g grammes=g l litre=l litres=l seconde
    secondes=seconde minute minutes=minute heure heures=heure h=heure jour jours=jour semaine
    semaines=semaine mois an ans=an année=an années=an degré=° degrés=° ° °c
    """
  static let months = """
    janvier=01 février=02 mars=03 avril=04 mai=05 juin=06 juillet=07 août=08 septembre=09
    octobre=10 novembre=11 décembre=12
    """
  static let paraphrases = """
    annuler résilier
    supprimer effacer
    acheter achat
    prix coût coûte
    modifier changer
    remboursement rembourser
    """
  static let anchored = """
    passe:réinitialiser oublié
    """
  static let phrases = """
    pouvez vous me dire,peux tu me dire,je voudrais savoir,j aimerais savoir,s il vous plaît,s il te plaît >
    je veux,je voudrais,j aimerais,je dois,aidez moi à,aide moi à > ~how je
    que faire,que dois je faire,qu est ce que je fais,que puis je faire > ~how
    est ce que > ~whether
    combien coûte,quel est le prix de > ~what prix
    """
  static let actions = """
    réinitialiser oublié annuler supprimer modifier acheter payer trouver créer
    """
  static let questions = """
    comment=how pourquoi=why quand=when où=where qui=who que=what quoi=what quel=what
    quelle=what quels=what quelles=what combien=howmuch lequel=which laquelle=which ~how=how
    ~what=what ~whether=whether
    """
  static let auxiliaries = """
    est=be sont=be suis=be était=be a=have ai=have ont=have peux=can peut=can puis=can
    pouvez=can dois=must doit=must
    """
  static let pasts = "était étaient avait avaient"
  static let futures = ""
  static let modals = "peux=can peut=can puis=can pouvez=can dois=must doit=must faut=must"
  static let persons = """
    je=1s j=1s me=1o m=1o moi=1o mon=1p ma=1p mes=1p nous=4 notre=4p nos=4p vous=2 votre=2p
    vos=2p tu=2 te=2 ton=2p ta=2p tes=2p il=3he.s lui=3he.o elle=3she.s ils=3they.s
    elles=3they.s eux=3they.o leur=3they.p leurs=3they.p
    """
  static let particleVerbs = ""
  static let particles = ""
  static let irregular = ""
  static let focus = "seulement même presque aussi encore vraiment juste déjà"
  static let deictic = "ici là ceci cela ça"
  static let articles = "le la les un une"
  static let formal = ""
}
