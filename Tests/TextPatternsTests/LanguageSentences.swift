/// Sentences as people write to a model, ten or more of each language.
enum LanguageSentences {
  static let latin: [(code: String, sentences: String)] = [
    (
      "en",
      """
      How do I reset my password?
      What is the capital of France?
      Explain the difference between TCP and UDP.
      Please summarize the following article in three sentences.
      Can you help me debug this function?
      I forgot my login and cannot find the email you sent.
      Write a short poem about the sea in winter.
      Which of these two plans is cheaper for a small team?
      The quick brown fox jumps over the lazy dog.
      Should we ship on Friday or wait until next week?
      It was a bright cold day in April, and the clocks were striking thirteen.
      """
    ),
    (
      "de",
      """
      Wie setze ich mein Passwort zurück?
      Was ist die Hauptstadt von Frankreich?
      Erkläre mir bitte den Unterschied zwischen TCP und UDP.
      Fasse den folgenden Artikel in drei Sätzen zusammen.
      Kannst du mir helfen, diese Funktion zu debuggen?
      Ich habe meine Zugangsdaten vergessen und finde die E-Mail nicht.
      Schreib ein kurzes Gedicht über das Meer im Winter.
      Welcher der beiden Tarife ist für ein kleines Team günstiger?
      Der Hund schläft auf dem Sofa, weil es draußen regnet.
      Sollen wir am Freitag liefern oder bis nächste Woche warten?
      Gibt es eine Möglichkeit, die Rechnung nachträglich zu ändern?
      """
    ),
    (
      "fr",
      """
      Comment puis-je réinitialiser mon mot de passe ?
      Quelle est la capitale de la France ?
      Explique la différence entre TCP et UDP.
      Résume cet article en trois phrases, s'il te plaît.
      Peux-tu m'aider à corriger cette fonction ?
      J'ai oublié mes identifiants et je ne trouve pas le courriel.
      Écris un court poème sur la mer en hiver.
      Lequel de ces deux forfaits est le moins cher pour une petite équipe ?
      Le chien dort sur le canapé parce qu'il pleut dehors.
      Devons-nous livrer vendredi ou attendre la semaine prochaine ?
      Il fait beau aujourd'hui et les enfants jouent dans le jardin.
      """
    ),
    (
      "es",
      """
      ¿Cómo restablezco mi contraseña?
      ¿Cuál es la capital de Francia?
      Explica la diferencia entre TCP y UDP.
      Resume el siguiente artículo en tres frases, por favor.
      ¿Puedes ayudarme a depurar esta función?
      He olvidado mis datos de acceso y no encuentro el correo.
      Escribe un poema corto sobre el mar en invierno.
      ¿Cuál de estos dos planes es más barato para un equipo pequeño?
      El perro duerme en el sofá porque está lloviendo.
      ¿Entregamos el viernes o esperamos hasta la próxima semana?
      Los niños juegan en el jardín todos los días.
      """
    ),
    (
      "it",
      """
      Come posso reimpostare la mia password?
      Qual è la capitale della Francia?
      Spiega la differenza tra TCP e UDP.
      Riassumi il seguente articolo in tre frasi, per favore.
      Puoi aiutarmi a correggere questa funzione?
      Ho dimenticato i miei dati di accesso e non trovo la mail.
      Scrivi una breve poesia sul mare d'inverno.
      Quale di questi due piani è più economico per una piccola squadra?
      Il cane dorme sul divano perché fuori piove.
      Consegniamo venerdì o aspettiamo la prossima settimana?
      I bambini giocano nel giardino tutti i giorni.
      """
    ),
    (
      "pt",
      """
      Como eu redefino a minha senha?
      Qual é a capital da França?
      Explique a diferença entre TCP e UDP.
      Resuma o seguinte artigo em três frases, por favor.
      Você pode me ajudar a depurar esta função?
      Esqueci os meus dados de acesso e não encontro o e-mail.
      Escreva um poema curto sobre o mar no inverno.
      Qual destes dois planos é mais barato para uma equipe pequena?
      O cachorro dorme no sofá porque está chovendo.
      Entregamos na sexta-feira ou esperamos até a próxima semana?
      As crianças brincam no jardim todos os dias.
      """
    ),
    (
      "nl",
      """
      Hoe kan ik mijn wachtwoord opnieuw instellen?
      Wat is de hoofdstad van Frankrijk?
      Leg het verschil tussen TCP en UDP uit.
      Vat het volgende artikel samen in drie zinnen.
      Kun je me helpen deze functie te debuggen?
      Ik ben mijn inloggegevens vergeten en kan de mail niet vinden.
      Schrijf een kort gedicht over de zee in de winter.
      Welk van deze twee abonnementen is goedkoper voor een klein team?
      De hond slaapt op de bank omdat het buiten regent.
      Leveren we vrijdag of wachten we tot volgende week?
      De kinderen spelen elke dag in de tuin.
      """
    ),
    (
      "sv",
      """
      Hur återställer jag mitt lösenord?
      Vad är huvudstaden i Frankrike?
      Förklara skillnaden mellan TCP och UDP.
      Sammanfatta följande artikel i tre meningar, tack.
      Kan du hjälpa mig att felsöka den här funktionen?
      Jag har glömt mina uppgifter och hittar inte mejlet.
      Skriv en kort dikt om havet på vintern.
      Vilken av de två planerna är billigast för ett litet team?
      Hunden sover på soffan eftersom det regnar ute.
      Ska vi leverera på fredag eller vänta till nästa vecka?
      Barnen leker i trädgården varje dag.
      """
    ),
    (
      "da",
      """
      Hvordan nulstiller jeg min adgangskode?
      Hvad er hovedstaden i Frankrig?
      Forklar forskellen mellem TCP og UDP.
      Giv mig et resumé af den følgende artikel i tre sætninger.
      Kan du hjælpe mig med at fejlsøge denne funktion?
      Jeg har glemt mine oplysninger og kan ikke finde mailen.
      Skriv et kort digt om havet og vinteren, tak.
      Hvilken af de to planer er billigst for et lille hold?
      Hunden sover på sofaen, fordi det regner udenfor.
      Skal vi levere på fredag eller vente til næste uge?
      Er der noget, jeg skal gøre først?
      """
    ),
    (
      "no",
      """
      Hvordan tilbakestiller jeg passordet mitt?
      Hva er hovedstaden i Frankrike?
      Forklar forskjellen mellom TCP og UDP.
      Gi meg et sammendrag av denne artikkelen i tre setninger.
      Kan du hjelpe meg med å feilsøke denne funksjonen?
      Jeg har glemt opplysningene mine og finner ikke meldingen noen steder.
      Skriv et kort dikt om havet og vinteren, takk.
      Hvilken av de to planene er billigst for et lite team av utviklere?
      Det blir ikke mye mer enn dette nå.
      Hva slags feil er det, og hva kan jeg gjøre etter dette?
      Er det noe jeg må gjøre først?
      """
    ),
    (
      "fi",
      """
      Miten voin palauttaa salasanani?
      Mikä on Ranskan pääkaupunki?
      Selitä ero TCP:n ja UDP:n välillä.
      Kirjoita tiivistelmä, jossa on kolme lausetta.
      Voitko auttaa minua tämän funktion kanssa?
      Olen unohtanut tunnukseni enkä löydä viestiä.
      Kirjoita lyhyt runo merestä ja talvesta.
      Kumpi näistä on halvempi, jos tiimi on pieni?
      Koira nukkuu sohvalla, koska ulkona sataa.
      Mitä se tarkoittaa, kun ohjelma ei vastaa?
      Lapset leikkivät pihalla ja se on hyvä.
      """
    ),
    (
      "pl",
      """
      Jak mogę zresetować moje hasło?
      Co jest stolicą Francji?
      Wyjaśnij różnicę między TCP a UDP.
      Proszę streścić następujący artykuł w trzech zdaniach.
      Czy możesz mi pomóc znaleźć błąd w tej funkcji?
      Nie pamiętam danych do logowania i nie mogę znaleźć wiadomości.
      Napisz krótki wiersz o morzu zimą.
      Który z tych dwóch planów jest tańszy dla małego zespołu?
      Pies śpi na kanapie, ponieważ na dworze pada.
      Czy dostarczymy w piątek, czy czekamy do następnego tygodnia?
      Dzieci bawią się w ogrodzie każdego dnia.
      """
    ),
    (
      "cs",
      """
      Jak si mohu obnovit heslo?
      Jaké je hlavní město Francie?
      Vysvětli rozdíl mezi TCP a UDP.
      Shrň prosím následující článek ve třech větách.
      Můžeš mi pomoci najít chybu v této funkci?
      Zapomněl jsem své přihlašovací údaje a nemohu najít e-mail.
      Napiš krátkou báseň o moři v zimě.
      Který z těchto dvou plánů je levnější pro malý tým?
      Pes spí na pohovce, protože venku prší.
      Dodáme to v pátek, nebo počkáme do příštího týdne?
      Děti si hrají na zahradě každý den.
      """
    ),
    (
      "tr",
      """
      Şifremi nasıl sıfırlarım?
      Fransa'nın başkenti neresidir ve nerede?
      TCP ile UDP arasındaki farkı açıkla.
      Lütfen aşağıdaki makaleyi üç cümlede özetle.
      Bu fonksiyonda hata bulmama yardım eder misin?
      Giriş bilgilerimi unuttum ve e-postayı bulamıyorum.
      Kışın deniz hakkında kısa bir şiir yaz.
      Küçük bir ekip için bu iki plandan hangisi daha ucuz?
      Köpek kanepede uyuyor çünkü dışarıda yağmur yağıyor.
      Cuma günü mü teslim edelim, yoksa gelecek haftayı mı bekleyelim?
      Çocuklar her gün bahçede oynuyor.
      """
    ),
    (
      "ro",
      """
      Cum îmi pot reseta parola?
      Care este capitala Franței?
      Explică diferența dintre TCP și UDP.
      Te rog să rezumi următorul articol în trei fraze.
      Poți să mă ajuți să depanez această funcție?
      Am uitat datele de acces și nu găsesc mesajul.
      Scrie o poezie scurtă despre mare și iarnă.
      Care dintre aceste două planuri este mai ieftin pentru o echipă mică?
      Câinele doarme pe canapea pentru că afară plouă.
      Livrăm vineri sau așteptăm până săptămâna viitoare?
      Copiii se joacă în grădină în fiecare zi.
      """
    ),
    (
      "hu",
      """
      Hogyan állíthatom vissza a jelszavamat?
      Mi Franciaország fővárosa?
      Magyarázd el a TCP és az UDP közötti különbséget.
      Kérlek, foglald össze a következő cikket három mondatban.
      Tudsz nekem segíteni ebben a függvényben?
      Elfelejtettem az adataimat, és nem találom az üzenetet.
      Írj egy rövid verset a tengerről.
      Melyik csomag olcsóbb egy kis csapatnak?
      A kutya a kanapén alszik, mert kint esik az eső.
      Pénteken szállítsunk, vagy várjunk jövő hétig?
      A gyerekek minden nap a kertben játszanak.
      """
    ),
  ]

  static let others: [(code: String, sentences: String)] = [
    (
      "ru",
      """
      Как мне сбросить мой пароль?
      Какая столица Франции?
      Объясни разницу между TCP и UDP.
      Пожалуйста, кратко перескажи эту статью в трёх предложениях.
      Можешь помочь мне найти ошибку в этой функции?
      Я забыл свои данные для входа и не могу найти письмо.
      Напиши короткое стихотворение о море зимой.
      Какой из этих двух тарифов дешевле для маленькой команды?
      Собака спит на диване, потому что на улице дождь.
      Мы выпускаем в пятницу или ждём до следующей недели?
      """
    ),
    (
      "uk",
      """
      Як мені скинути мій пароль?
      Яка столиця Франції?
      Поясни різницю між TCP та UDP.
      Будь ласка, стисло перекажи цю статтю у трьох реченнях.
      Чи можеш ти допомогти мені знайти помилку в цій функції?
      Я забув свої дані для входу і не можу знайти лист.
      Напиши короткий вірш про море взимку.
      Який із цих двох тарифів дешевший для маленької команди?
      Собака спить на дивані, бо надворі дощ.
      Ми випускаємо в п'ятницю чи чекаємо до наступного тижня?
      """
    ),
    (
      "bg",
      """
      Как да възстановя паролата си?
      Коя е столицата на Франция?
      Обясни разликата между TCP и UDP.
      Моля, обобщи тази статия в три изречения.
      Можеш ли да ми помогнеш да намеря грешката в тази функция?
      Забравих данните си за вход и не мога да намеря писмото.
      Напиши кратко стихотворение за морето през зимата.
      Кой от тези два плана е по-евтин за малък екип?
      Кучето спи на дивана, защото навън вали.
      Да доставим ли в петък, или да чакаме до следващата седмица?
      """
    ),
    (
      "ja", "パスワードをリセットするにはどうすればいいですか？\n東京の天気を教えてください。\n次の記事を三文で要約して。\nこの関数のバグを見つけて。\n日本語で説明してください。"
    ),
    ("zh", "我怎么重置密码？\n法国的首都是哪里？\n请用三句话总结下面的文章。\n帮我找出这个函数的错误。\n請解釋 TCP 和 UDP 的區別。"),
    ("ko", "비밀번호를 어떻게 재설정하나요?\n프랑스의 수도는 어디입니까?\n다음 글을 세 문장으로 요약해 주세요.\nTCP와 UDP의 차이를 설명해 줘."),
    (
      "ar",
      "كيف أعيد تعيين كلمة المرور الخاصة بي؟\nما هي عاصمة فرنسا؟\nاشرح الفرق بين هذين البروتوكولين.\nاكتب قصيدة قصيرة عن البحر."
    ),
    (
      "fa",
      "چگونه رمز عبور خود را بازنشانی کنم؟\nپایتخت فرانسه کجاست؟\nلطفاً این مقاله را در سه جمله خلاصه کن."
    ),
    (
      "ur",
      "میں اپنا پاس ورڈ کیسے دوبارہ ترتیب دوں؟\nفرانس کا دارالحکومت کیا ہے؟\nبراہ کرم اس مضمون کا خلاصہ لکھیں۔"
    ),
    ("he", "איך אני מאפס את הסיסמה שלי?\nמהי בירת צרפת?\nכתוב שיר קצר על הים."),
    (
      "el",
      "Πώς επαναφέρω τον κωδικό μου;\nΠοια είναι η πρωτεύουσα της Γαλλίας;\nΓράψε ένα σύντομο ποίημα."
    ),
    ("th", "ฉันจะรีเซ็ตรหัสผ่านได้อย่างไร\nเมืองหลวงของฝรั่งเศสคือที่ไหน\nช่วยสรุปบทความนี้หน่อย"),
    ("hi", "मैं अपना पासवर्ड कैसे रीसेट करूँ?\nफ्रांस की राजधानी क्या है?\nकृपया इस लेख का सारांश लिखें।"),
    ("ta", "எனது கடவுச்சொல்லை எப்படி மீட்டமைப்பது?"),
    ("ka", "როგორ აღვადგინო პაროლი?"),
    ("hy", "Ինչպե՞ս վերականգնել գաղտնաբառը:"),
  ]

  /// Texts that say too little, or are no language.
  static let unknown = [
    "", "   \n", "12345", "ok", "Hello", "zxcvb qwrt plmk", "x = y + z", "🎉🎉🎉", "SKU-4471-BX",
    "3.14159 * 2", "https://example.com/a/b", "aaaa bbbb cccc dddd eeee", "Kubernetes Prometheus",
  ]
}
