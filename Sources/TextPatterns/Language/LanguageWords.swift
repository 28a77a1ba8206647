/// The short words by which a language gives itself away, and words of requests.
///
/// A word that several of these languages share counts for each of them, but less.
enum LanguageWords {
  static let byLanguage: [(code: String, words: StaticString)] = [
    (
      "en",
      """
      the of and to in is that it was for you are with as his they be at have this from or had \
      by not but what some we can out other were all your when up use how said each she which do \
      their will if about an my would there been who more no so could did has i me our than them \
      these please write explain translate summarize give tell make help hello thanks why where \
      does should list show find using into between code any text it's don following three two \
      one first next last new good day time year people way want need know think see come take \
      how's it'll after before again always never now today here very much many every both only \
      same own get got let may might must because while through against
      """
    ),
    (
      "de",
      """
      der die das und ist nicht ein eine einen einem einer ich du er sie es wir ihr mit auf für \
      von zu im den dem des sich auch als an nach wie was wenn oder aber aus bei noch nur schon \
      kann mir mich dir dich mein meine dein bitte wird werden wurde haben hat sind war über \
      unter durch vor zwischen warum wo wer welche diese dieser dieses kannst können schreibe \
      erkläre danke zum zur bin hallo gibt mal sehr keine kein ins am dass welcher welches jede \
      jeder jedes alle alles nichts niemand immer nie jetzt heute morgen gestern hier dort so \
      gut groß große klein neue neuer jahr tag zeit zwei drei muss müssen soll sollen will \
      wollen würde möchte während ohne gegen weil denn doch etwas mehr viel vielen beim ihn ihm \
      ihre unser unsere seine
      """
    ),
    (
      "fr",
      """
      le la les un une des du de et est que qui dans pour pas sur avec ne se ce il elle nous \
      vous je tu au aux par plus mais ou où son sa ses mon ma mes cette ces être avoir sont fait \
      comme tout bien leur leurs quel quelle comment pourquoi quand s'il plaît merci bonjour moi \
      lui c qu l d j n y en peux peut explique écris très été ont ai suis dont sans entre chez \
      donc votre notre faut aussi quels quelles lequel laquelle aucun aucune autre autres même \
      mêmes rien personne toujours jamais maintenant aujourd hui demain hier ici là ainsi grand \
      grande petit petite nouveau nouvelle bon bonne an jour temps deux trois doit dois devoir \
      vais va allons était étais avons avez aurait pouvez veux voudrais pendant sous dedans \
      dehors car parce lorsque toute toutes résume m a
      """
    ),
    (
      "es",
      """
      el la los las un una unos unas de del y que en no es por con para se su sus al lo como más \
      pero o si le me mi mis te tu yo él ella nosotros este esta estos estas eso esto está están \
      ser hay muy qué cómo cuál cuándo dónde porque también hasta desde sobre entre cuando todo \
      todos ya son fue puede puedes escribe explica hola gracias favor hacer tiene sin nos soy \
      quiero necesito nuestro nuestra nuestros vuestro suyo algún alguna alguno nada nadie \
      siempre nunca ahora hoy mañana ayer aquí allí así bien grande pequeño nuevo nueva bueno \
      buena año día tiempo dos tres debe debo deber voy va vamos estaba estoy tenemos tengo \
      sería puedo podemos mientras bajo dentro fuera he has han hemos ayudarme siguiente
      """
    ),
    (
      "it",
      """
      il lo la i gli le un uno una di del della dei delle dello al alla alle ai da dal dalla in \
      nel nella con su sul per tra fra e è che non si mi ti ci vi ne come più ma anche se o sono \
      sei siamo ho hai ha hanno questo questa questi queste quello quella cosa chi dove quando \
      perché quale molto tutto tutti mio mia tuo suo sua essere fare può puoi scrivi spiega ciao \
      grazie favore degli agli dopo ogni prima qual quali quanto quanta quanti nostro vostro \
      loro suoi sue miei mie qualche alcuni alcune altro altra altri altre stesso stessa ora \
      oggi domani ieri qui lì così bene grande piccolo nuovo nuova buono anno giorno tempo due \
      tre deve devo dovere vorrei voglio aiutarmi poi però quindi perciò mentre senza verso \
      fuori dentro sotto sopra d
      """
    ),
    (
      "pt",
      """
      o a os as um uma uns umas de do da dos das em no na nos nas e que não por para com se ao à \
      é são foi ser está estão mais mas como ou eu tu você ele ela nós eles meu minha seu sua \
      este esta isso isto aquele muito também já só até quando onde qual quais porque pelo pela \
      sobre entre sem tem ter há olá obrigado favor pode escreva explique fazer todos todas \
      nosso gostaria quero preciso me depois nossa deles delas dele dela esse essa aquela algum \
      alguma nada ninguém sempre nunca agora hoje amanhã ontem aqui ali assim bem grande pequeno \
      novo nova bom boa ano dia tempo dois duas três deve devo dever vou vai vamos estava estou \
      temos tenho seria posso podemos enquanto sob dentro fora
      """
    ),
    (
      "nl",
      """
      de het een en van in is dat op te voor met zijn niet aan er om ook als maar bij of uit dan \
      naar door over ze hij wij we jij je ik u mijn jouw haar hun deze dit die wat wie waar \
      waarom hoe wanneer kan kunt kun wordt worden werd heeft hebben had moet zal zou nog al wel \
      geen meer veel alle tegen tot tussen onder schrijf leg uitleg bedankt hallo graag \
      alstublieft heb ben was onze iets welke nu goed mij samen drie elk elke volgende welk dag \
      dagen week jaar spelen staat gaat doet kom komt zonder steeds altijd nooit daarom omdat \
      terwijl want dus even zelf weer eerst laatste ander andere eigen groot klein nieuw nieuwe \
      mensen tijd gaan doen zien weet moeten willen kunnen mogen toch alleen ja nee
      """
    ),
    (
      "sv",
      """
      och att det som en på är av för den till med han hon i inte om ett de var jag så men från \
      vi du kan när man nu mig dig sig oss er min mitt mina din ditt vad vem varför hur vilken \
      vilka där här eller efter under över utan också bara mycket alla denna detta dessa ska \
      skulle har hade blir blev vara finns göra skriv förklara tack hej snälla någon något några \
      mellan sedan ut upp vid få får måste många eftersom innan alltid aldrig ute inne varje dag \
      idag nästa vecka följande ingen inget andra första hela lite liten litet stor stora ny nya \
      bra ganska därför medan kunna vill ville kommer gör går säger ser ger tar vet år tre fyra \
      fem barn huset kort bättre bäst människor tid någonting igen nog just
      """
    ),
    (
      "da",
      """
      og at det som en på er af for den til med han hun i ikke om et de var jeg så men fra vi du \
      kan når man nu mig dig sig os jer min mit mine din dit hvad hvem hvorfor hvordan hvilken \
      hvilke hvor der her eller efter under over uden også kun meget alle denne dette disse skal \
      skulle har havde bliver blev være findes gøre skriv forklar tak hej venligst nogen noget \
      nogle mellem siden ud op ved få får må mange ville hjælp hjælpe fordi altid aldrig hver \
      dag næste uge følgende ingen intet andre første hele lidt lille stor store ny nye godt god \
      derfor mens kunne vil kommer gør går siger ser giver tager år tre fire fem børn kort bedre \
      bedst mennesker tid igen nok lige sidste blevet sin sit sine hende ham dem mod omkring \
      gennem
      """
    ),
    (
      "no",
      """
      og at det som en på er av for den til med han hun i ikke om et de var jeg så men fra vi du \
      kan når man nå meg deg seg oss dere min mitt mine din ditt hva hvem hvorfor hvordan \
      hvilken hvilke hvor der her eller etter under over uten også bare mye alle denne dette \
      disse skal skulle har hadde blir ble være finnes gjøre skriv forklar takk hei vennligst \
      noen noe mellom siden ut opp ved få får må mange ville hjelp hjelpe ei vil fordi alltid \
      aldri hver dag neste uke følgende ingen andre første hele litt liten lille stor store ny \
      nye godt god derfor mens kunne kommer gjør går sier ser gir tar vet år tre fire fem barn \
      kort bedre best mennesker tid igjen nok siste blitt sin sitt sine henne ham dem mot rundt \
      gjennom slik slags jenter gutter
      """
    ),
    (
      "fi",
      """
      ja on ei se että en hän oli ovat ole olen olet olla mutta niin kuin joka jos myös vain \
      mitä mikä missä miksi miten milloin kuka minä sinä me te he minun sinun tämä tämän tuo \
      nämä ne sen siitä siinä kun tai kanssa ennen jälkeen kaikki paljon hyvin voi voit voin \
      voiko kirjoita selitä kiitos hei hyvä eivät sitä nyt vielä sekä sitten mukaan noin yli \
      alle koko hyvää minulle minut kerro anna pitää koska jotta vaan eli jossa josta joita \
      jonka joku jotain mikään mitään aina usein vasta tosi todella pitäisi haluan tarvitsen \
      täytyy saa saada tehdä tekee tulee tulla mennä sanoa ehkä esimerkiksi uusi vanha pieni \
      suuri kolme kaksi yksi päivä vuosi viikko ulkona täällä siellä tänään huomenna ero välillä \
      kuinka mikäli ilman kautta vastaan heidän hänen meidän teidän
      """
    ),
    (
      "pl",
      """
      i w na z do się nie to że jest o jak po co za ale od są dla tak przez przy czy już tylko \
      był była było być może można ten ta te tego tej tym jego jej ich mnie mi mój moja moje ty \
      ja on ona my wy który która które gdzie kiedy dlaczego ile bardzo także oraz lub albo bez \
      pod nad przed między proszę napisz wyjaśnij dziękuję cześć jestem mam masz ma mają chcę ze \
      aby więc kto czym pomóż gdy gdyż ponieważ jednak jaki jaka jakie jakiś ktoś coś nic nikt \
      zawsze nigdy teraz dziś dzisiaj jutro wczoraj tutaj tam więcej mniej dobrze duży mały nowy \
      nowa nowe dobry dzień rok czas trzy dwa dwóch jeden jedna każdy każda każdego wszystko \
      wszyscy będzie będą chcesz mogę trzeba musi musisz
      """
    ),
    (
      "cs",
      """
      a v na se je že to s z do o k ve ze si jako za po jsou ale by byl byla bylo být jsem jsi \
      jsme není ten ta tento tato toto které která který jak co kde kdy proč kdo mi mě můj moje \
      ty já on ona my vy nebo také jen už ještě pro při od bez pod nad před mezi podle může \
      můžeš můžete mám máš má mají prosím napiš vysvětli děkuji ahoj dobrý velmi pokud tak než \
      jeho její jejich této tom aby potřebuji mohu mohou jaký jaká jaké toho tomu tím těch tyto \
      tyhle byli budu bude budeme budou mít chci chceš musím musí velký malý nový dobrá dobré \
      den dnes zítra rok dva tři jeden jedna další každý všechno všichni někdo něco nic vždy \
      nikdy tady tam proto protože aniž kolem mimo během díky lze atd hlavní město napsat
      """
    ),
    (
      "tr",
      """
      ve bir bu da de için ile ne mi mı mu mü çok daha ama gibi en o şu ben sen biz siz onlar \
      benim senin onun var yok değil olan olarak kadar sonra önce ki her hiç nasıl neden niçin \
      nerede hangi kim veya ya bana sana beni seni bunu şey olduğu olur oldu etmek misin lütfen \
      merhaba teşekkür teşekkürler yaz açıkla nedir tüm bütün ise göre üzerinde içinde arasında \
      eğer çünkü hakkında istiyorum neresi neresidir hangisi kaç kez bazı birçok başka aynı yeni \
      eski büyük küçük iyi kötü gün yıl zaman insan iki üç şimdi bugün yarın dün burada orada \
      böyle şöyle ederim eder edin yapar yapmak olmak gerek lazım mısın musun müsün değildir \
      vardır belki hem ancak fakat
      """
    ),
    (
      "ro",
      """
      și de în la cu pe nu o un că din pentru este sunt mai ce care se a al ale lui îi îl ei ea \
      el eu tu noi voi ne vă mă te mi sau dar dacă după prin până când unde cum cine cât foarte \
      acest această acesta aceste aceasta toate tot fi fost era au am ai are avea poate poți \
      fără între despre mea meu sa său lor doar scrie explică mulțumesc bună salut vreau rog \
      nici decât fiecare astfel îmi își ți vreo vreun deși totuși acum azi mâine ieri aici acolo \
      așa bine mare mic nou nouă bun zi an timp om oameni doi două trei unul una toată trebuie \
      vrea putea făcut face fac spune știu știi către asupra deoarece fiindcă
      """
    ),
    (
      "hu",
      """
      a az és hogy nem is egy ez van de ha vagy mint meg csak már még el ki be fel le én te ő mi \
      ti ők ezt azt mert mit hol mikor miért hogyan milyen melyik volt lesz vannak lenne kell \
      lehet tud tudsz nagyon minden több között alatt után előtt szerint által kérlek köszönöm \
      szia írj írd magyarázd nekem neked ezek azok olyan akkor amikor aki ami amely sem vele \
      róla szeretnék miben miből mennyi hány valami semmi mindig soha most ma holnap tegnap itt \
      ott így úgy nagy kicsi kis új jó rossz nap év idő ember egyik másik két három mind maga \
      saját ezért tehát pedig viszont ugye talán kérem szükséges kellene akarok szeretném kint \
      bent felett mellett mögött
      """
    ),
    (
      "ru",
      """
      и в не на я что он с как это по но из у за к мы вы ты они она оно от так же его её их для \
      бы о а да или если когда где почему кто чем чтобы есть был была было быть мне меня мой моя \
      тебя все всё ещё уже только очень можно может нет при до после без под над между этот эта \
      эти то пожалуйста напиши объясни спасибо привет какой какая какие сколько нужно хочу также \
      который какое каких этих этом этой этого тех тем том того чего кого кому ним ней них нас \
      вас вам нам себя свой свои свою своей сам один два три год день время человек люди дело \
      жизнь новый большой хороший надо буду будет будут мог могу можешь знаю знать хотел говорит \
      сказал стал потом теперь здесь там тут туда сюда почти совсем более менее лучше тогда \
      сейчас сегодня завтра всегда никогда ничего никто потому коротко кратко улице
      """
    ),
    (
      "uk",
      """
      і в не на я що він з як це по але із у за до ми ви ти вони вона воно від так його її їх \
      для би о а та або якщо коли де чому хто чим щоб є був була було бути мені мене мій моя \
      тебе все ще вже тільки дуже можна може ні при після без під над між цей ця ці то будь \
      ласка напиши поясни дякую привіт який яка які скільки потрібно хочу також й ж яке яких цих \
      цьому цієї цього тих тим тому того чого кого кому ним ній них нас вас вам нам себе свій \
      свої свою своєї сам один два три рік день час людина люди справа життя новий великий \
      добрий треба буду буде будуть міг можу можеш знаю знати хотів каже сказав став потім тепер \
      тут там туди майже зовсім більше менше краще тоді зараз сьогодні завтра завжди ніколи \
      нічого ніхто бо про зі щодо лише навіть адже отже чи
      """
    ),
    (
      "bg",
      """
      и в не на аз че той с как това по но от у за към ние вие ти те тя то са съм е си ще да ли \
      се го му им я ги ми ме моя мое или ако когато къде защо кой какво който която които беше \
      бил била било бъде всичко още вече само много може няма при до след без под над между този \
      тази тези моля напиши обясни благодаря здравей каква какви колко трябва искам също със във \
      така коя кое кои онзи онези него нея тях нас вас ни ви сте сме бях бяха бъда бъдат един \
      една едно два три година ден време човек хора дело живот нов голям добър мога можеш зная \
      знам казва каза стана после сега тук там почти съвсем повече по-малко най-добре тогава \
      днес утре винаги никога нищо никой затова защото през върху около срещу според чрез освен \
      докато откъде насам нататък кратко обобщи
      """
    ),
  ]

  /// Letters that few of these languages use.
  static let letters: [(code: String, letters: String)] = [
    ("de", "äöüß"), ("fr", "çéèêàâùûôîœëï"), ("es", "ñ¿¡áéíóú"), ("it", "àèéìòù"),
    ("pt", "ãõçáéíóúâêôà"), ("sv", "åäö"), ("da", "æøå"), ("no", "æøå"), ("fi", "äö"),
    ("pl", "ąćęłńśźżó"), ("cs", "ěščřžýáíéůúďťň"), ("tr", "şğıçöü"), ("ro", "ăâîșțşţ"),
    ("hu", "őűáéíóöúü"), ("ru", "ыэёъ"), ("uk", "іїєґ"), ("bg", "ъ"),
  ]
}
