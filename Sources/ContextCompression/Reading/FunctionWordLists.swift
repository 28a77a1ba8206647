/// The function words of the languages that are known, by what they do.
enum FunctionWordLists {
  typealias Lists = [(FunctionWords, String)]

  static let all: [(ClosedLanguage, Lists)] = [
    (.english, english), (.german, german), (.french, french), (.spanish, spanish),
  ]

  static let longest: Int =
    all.flatMap { $0.1.flatMap { $0.1.split(separator: " ") } }.map(\.utf8.count).max() ?? 0

  private static let english: Lists = [
    (.definite, "the"),
    (
      .introducing,
      """
      a an my your our one two three four five six seven eight nine ten eleven twelve twenty thirty \
      hundred thousand some many several few another much most
      """
    ),
    (.universal, "all every any no each whatever whichever everything anything nothing none"),
    (.pointing, "this these those such that here"),
    (
      .pronoun,
      """
      it he she they him her them its his hers their theirs itself himself herself themselves it's \
      there
      """
    ),
    (
      .person,
      """
      i we you us me nobody everybody somebody anybody everyone someone anyone who ourselves \
      yourself
      """
    ),
    (
      .auxiliary,
      """
      is are was were be been being am has have had having do does did done can could may might must \
      shall should will would cannot ought
      """
    ),
    (
      .preposition,
      """
      in on at by for from to of with within after before until till during through between among \
      against about into onto upon up down out off near beside beyond behind above below across along \
      around as than per via toward towards throughout past concerning regarding under over since \
      inside outside
      """
    ),
    (
      .subordinator,
      "if when whenever while where wherever because since after before until once as"
    ),
    (
      .connecting,
      """
      and or but nor so yet then also too still even only just again already either neither both \
      however except excepting unless although though despite notwithstanding unlike besides without \
      whereas provided providing whether lest rather else not never perhaps maybe yes why how that \
      because which what whose further save like more less other others note nb ps pps \
      pending failing barring given granted excluding including supposing assuming considering seeing \
      subject conditional
      """
    ),
    (
      .linking,
      """
      otherwise instead however nevertheless nonetheless therefore thus hence likewise vice conversely \
      anyway regardless irrespective notwithstanding moreover furthermore meanwhile afterwards \
      thereafter whereupon accordingly consequently contrariwise thereupon thereby therefrom therein \
      thereof thereto thereunder therefor whereby ditto alike \
      else
      """
    ),
    (
      .sweeping,
      """
      everything anything nothing none whatever whichever whoever whomever regardless irrespective \
      notwithstanding unless
      """
    ),
    (
      .ofText,
      """
      hereafter hereby herein hereinafter hereof hereto hereunder herewith heretofore foregoing \
      aforementioned aforesaid
      """
    ),
    (
      .comparing,
      """
      same opposite contrary reverse inverse converse former latter above below foregoing preceding \
      previous aforementioned aforesaid said other others another rest remainder exception exceptions \
      different differently
      """
    ),
    (
      .limiting,
      """
      not no never none nothing neither nor only solely except unless without cannot until merely \
      barely hardly alone
      """
    ),
    (.asking, "what which whose why how where when who whom whatever whichever"),
    (
      .amount,
      """
      all any each none some many several few most much more less both either neither half another \
      one two three four five six seven eight nine ten others nothing everything anything
      """
    ),
  ]

  private static let german: Lists = [
    (.definite, "der die das den dem des"),
    (
      .introducing,
      """
      ein eine einen einem einer eines mein meine meinen unser unsere unseren unserer unserem euer \
      eure zwei drei vier fünf sechs sieben acht neun zehn zwölf einige manche mehrere viele wenige \
      im am zum zur beim vom ins
      """
    ),
    (
      .universal,
      """
      alle allen aller alles jede jeder jedes jeden jedem kein keine keinen keiner keines keinem \
      sämtliche nichts
      """
    ),
    (
      .pointing,
      """
      dies diese dieser dieses diesen diesem jene jener jenes jenen jenem solch solche solcher \
      solches solchen derartige derartiger derartigen das
      """
    ),
    (
      .pronoun,
      """
      er es sie ihn ihm ihr ihre ihren ihrem ihrer ihres sein seine seinen seinem seiner seines \
      dessen deren denen
      """
    ),
    (.person, "ich wir du uns mir mich man niemand jemand jedermann wer euch"),
    (
      .auxiliary,
      """
      ist sind war waren sei seien wird werden wurde wurden worden hat haben hatte hatten kann können \
      könnte darf dürfen muss müssen soll sollen sollte sollten will wollen würde würden bin bist
      """
    ),
    (
      .preposition,
      """
      in an auf aus bei bis durch für gegen hinter mit nach neben ohne pro seit über um unter von vor \
      während wegen zu zwischen ab gegenüber innerhalb außerhalb im am zum zur beim vom ins
      """
    ),
    (.subordinator, "wenn falls weil da nachdem bevor sobald solange als wo"),
    (
      .connecting,
      """
      und oder aber doch jedoch sondern denn dann auch noch nur erst schon außer ausgenommen sofern \
      soweit obwohl obgleich trotz ungeachtet unbeschadet statt anstatt anstelle sonst ansonsten nicht \
      nie niemals ja nein ob dass wie warum was welche welcher welches abweichend vorbehaltlich \
      entgegen mangels zuzüglich abzüglich ebenso gleiches anderes weder
      """
    ),
    (
      .linking,
      """
      jedoch allerdings andernfalls sonst ansonsten stattdessen dennoch trotzdem deshalb daher darum \
      deswegen demnach folglich also ebenfalls gleichfalls ebenso umgekehrt hingegen dagegen dafür \
      davon daran darin darauf dabei dadurch damit dazu danach davor hierfür hiervon hierbei hierzu \
      hiermit hieran insoweit insofern vielmehr indessen überdies außerdem ferner zudem
      """
    ),
    (.sweeping, "alles nichts ungeachtet unbeschadet sofern soweit vorbehaltlich"),
    (.ofText, "hier hierin hiermit obige obigen obiger vorstehende vorstehenden"),
    (
      .comparing,
      """
      gleiche gleichen gleiches gleicher selbe derselbe dieselbe dasselbe dieselben denselben \
      gegenteil gegenteilige erstere letztere ersterer letzterer letzteres obige obigen obiger \
      vorstehende vorstehenden vorige vorigen vorherige vorherigen genannte genannten übrige übrigen \
      oben
      """
    ),
    (
      .limiting,
      """
      nicht kein keine keinen keiner keines keinem nie niemals nichts nur lediglich ausschließlich \
      bloß außer ohne bis weder
      """
    ),
    (.asking, "was wer welche welcher welches wie wo wann warum"),
    (
      .amount,
      """
      alle alles keine keiner einige manche mehrere viele wenige meisten beide beides beiden nichts
      """
    ),
  ]

  private static let french: Lists = [
    (.definite, "le la les l du des au aux"),
    (
      .introducing,
      """
      un une mon ma mes notre nos votre vos deux trois quatre cinq six sept huit neuf dix quelques \
      plusieurs certains certaines d
      """
    ),
    (.universal, "tout toute tous toutes chaque aucun aucune rien nul nulle"),
    (
      .pointing,
      """
      ce cet cette ces ceci cela ça celui celle ceux celles tel telle tels telles c
      """
    ),
    (.pronoun, "il elle ils elles lui leur leurs son sa ses en y"),
    (.person, "je j nous vous on tu personne moi toi qui quiconque"),
    (
      .auxiliary,
      """
      est sont était étaient sera seront soit soient être été a ont avait avaient aura auront ait peut \
      peuvent pouvait doit doivent devait fait faut
      """
    ),
    (
      .preposition,
      """
      à de dans en par pour sur sous avec avant après depuis pendant entre vers chez contre jusque \
      jusqu dès près d
      """
    ),
    (.subordinator, "si quand lorsque lorsqu comme où puisque dès"),
    (
      .connecting,
      """
      et ou mais donc or ni car puis aussi encore seul seule seulement même sauf excepté hormis sinon \
      bien quoique malgré nonobstant sans ainsi alors non ne n oui que qu quoi pourquoi comment quel \
      quelle quels quelles autre autres contrairement outre selon note
      """
    ),
    (
      .linking,
      """
      cependant toutefois néanmoins pourtant sinon autrement plutôt donc ainsi inversement également \
      pareillement idem ensuite dessus dessous précité précitée
      """
    ),
    (.sweeping, "tout rien nonobstant sauf quel quelle quels quelles"),
    (.ofText, "ci présent présente présents présentes susmentionné susmentionnée"),
    (
      .comparing,
      """
      même mêmes contraire inverse opposé précédent précédente précédents précédentes dernier dernière \
      autres reste
      """
    ),
    (.limiting, "ne n pas jamais aucun aucune rien ni sauf sans seulement uniquement jusqu que"),
    (.asking, "que quoi quel quelle quels quelles qui comment pourquoi où quand"),
    (.amount, "tout tous toutes aucun aucune certains certaines plusieurs beaucoup plupart rien"),
  ]

  private static let spanish: Lists = [
    (.definite, "el la los las lo del al"),
    (
      .introducing,
      """
      un una unos unas mi mis nuestro nuestra nuestros nuestras dos tres cuatro cinco seis siete ocho \
      nueve diez algunos algunas varios varias muchos muchas pocos pocas
      """
    ),
    (
      .universal,
      "todo toda todos todas cada cualquier cualquiera ningún ninguna ninguno nada"
    ),
    (
      .pointing,
      """
      este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas tal \
      tales dicho dicha dichos dichas
      """
    ),
    (.pronoun, "él ella ello ellos ellas le les su sus suyo suya se"),
    (.person, "yo nosotros usted ustedes tú nadie alguien quien quienes nos"),
    (
      .auxiliary,
      """
      es son era eran fue fueron será serán sea sean ser sido está están estaba estaban ha han había \
      habían haya puede pueden podrá podrán debe deben deberá deberán hay tiene tienen
      """
    ),
    (
      .preposition,
      """
      a ante bajo con contra de desde durante en entre hacia hasta mediante para por según sobre tras \
      del al
      """
    ),
    (.subordinator, "si cuando mientras donde porque como"),
    (
      .connecting,
      """
      y e o u pero mas sino ni pues luego también tampoco aún aun todavía solo sólo solamente \
      únicamente salvo excepto menos aunque pese sin no sí que qué cuál cómo otro otra otros otras \
      contrariamente además nota igualmente según
      """
    ),
    (
      .linking,
      """
      embargo obstante contrario viceversa entonces así asimismo igualmente tampoco además ello
      """
    ),
    (.sweeping, "todo nada salvo"),
    (.ofText, "aquí presente presentes antedicho antedicha"),
    (
      .comparing,
      """
      mismo misma mismos mismas contrario contraria inverso opuesto anterior anteriores demás resto \
      citado citada
      """
    ),
    (
      .limiting,
      "no ni nunca jamás nada ningún ninguna ninguno solo sólo solamente salvo excepto sin hasta"
    ),
    (.asking, "qué cuál cuáles quién cómo dónde cuándo"),
    (
      .amount,
      "todo todos todas ninguno ninguna algunos algunas varios varias muchos muchas nada ambos ambas"
    ),
  ]
}
