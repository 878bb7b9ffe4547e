"""The words by which people are satisfied, say goodbye, promise, hand over or ask for a person, in eight languages.

A phrase matches on word borders after case, accents and apostrophes are folded. `*` ends an open word (`forward*`),
`~` stands for up to four words in between. Japanese has no word borders: there a phrase matches anywhere.
"""

import re
import unicodedata

PHRASES = {
    "satisfied": {
        "en": "thank you | thanks | thx | ty | tysm | cheers | perfect | great | awesome | brilliant"
        " | wonderful | lovely | amazing | excellent | fantastic | that helps | that helped"
        " | very helpful | that works | it works | works now | working now | it worked"
        " | that worked | that did it | that did the trick | solved | all good | all set"
        " | all sorted | sorted | got it | good to know | makes sense | that is all | that's all"
        " | that's everything | that was all | no that's it | nothing else | appreciate*"
        " | much appreciated | ok good | okay good | cool | super | nice one | problem gone"
        " | fixed | understood | sounds good | nope that's it",
        "de": "danke* | vielen dank | besten dank | herzlichen dank | dankeschon | merci | perfekt"
        " | super | prima | klasse | spitze | toll | wunderbar | hervorragend | geklappt"
        " | klappt jetzt | klappt | funktioniert jetzt | geht jetzt | jetzt geht es"
        " | jetzt geht's | hat geholfen | sehr hilfreich | alles klar | alles gut | passt"
        " | passt so | das war alles | das war's | mehr nicht | hat sich erledigt | erledigt"
        " | gelost | verstanden | sehr nett",
        "fr": "merci* | parfait* | super | genial* | nickel | impeccable | top | c'est bon | ca marche"
        " | ca fonctionne | c'est resolu | resolu | tres bien | c'est clair | compris | entendu"
        " | c'est note | c'est tout | ce sera tout | rien d'autre | formidable | excellent*"
        " | ca m'aide | probleme regle | regle",
        "es": "gracias | muchas gracias | mil gracias | perfecto | genial | estupendo | excelente"
        " | fenomenal | de lujo | vale perfecto | ya funciona | funciona | ya va | ya esta"
        " | solucionado | resuelto | listo | entendido | de acuerdo | muy amable | me sirve"
        " | me ha servido | eso es todo | eso era todo | nada mas | ok gracias | buenisimo",
        "pt": "obrigad* | muito obrigad* | valeu | perfeito | otimo | excelente | maravilha | show"
        " | beleza | deu certo | funcionou | ja funciona | agora foi | resolvido | resolveu"
        " | entendi | entendido | era so isso | so isso | e tudo | nada mais | ajudou muito | top"
        " | fixe | impecavel | agradec*",
        "nl": "dank* | bedankt | dankjewel | dankuwel | hartelijk dank | top | super | perfect"
        " | geweldig | fijn | mooi | prima | het werkt | werkt nu | doet het weer | doet het"
        " | gelukt | opgelost | duidelijk | helder | begrepen | dat was alles | dat was het"
        " | verder niets | helemaal goed | komt goed zo | fantastisch | thanks",
        "it": "grazie* | mille grazie | grazie mille | perfetto | ottimo | fantastico | benissimo"
        " | eccellente | magnifico | ora funziona | adesso funziona | funziona | risolto"
        " | tutto chiaro | tutto ok | capito | chiaro | va bene cosi | e tutto | nient'altro"
        " | gentilissim* | molto gentile | a posto | ringrazio",
        "ja": "ありがとう | 有難う | 有り難う | 助かりま | 助かった | 解決しま | 解決で | 直りました"
        " | できました | 出来ました | 動きました | わかりました | 分かりました | 承知しました"
        " | 了解 | 大丈夫です | 問題ありません | 問題ないです | 感謝 | 完璧 | 以上です | 納得しま"
        " | よかったです | 良かったです | サンキュー",
    },
    "farewell": {
        "en": "bye | goodbye | bye bye | see you | see ya | have a good | have a great | have a nice"
        " | take care | good night | cheerio | ciao | you too | same to you",
        "de": "tschuss | tschuess | auf wiedersehen | schonen tag | schonen abend | schones wochenende"
        " | bis bald | ciao | bis dann | mach's gut | ebenso | ihnen auch | dir auch | gute nacht"
        " | servus",
        "fr": "au revoir | bonne journee | bonne soiree | bon week-end | bon weekend | a bientot"
        " | bonne continuation | vous aussi | toi aussi | de meme | bonne nuit | bye | salut",
        "es": "adios | hasta luego | hasta pronto | buen dia | que tenga buen | igualmente"
        " | buenas noches | chao | chau | buena tarde | feliz dia | nos vemos",
        "pt": "tchau | adeus | ate logo | ate mais | bom dia para | boa tarde para | bom fim de semana"
        " | igualmente | abraco* | boa noite | para voce tambem | ate breve",
        "nl": "doei | dag | tot ziens | fijne dag | prettige dag | fijne avond | fijn weekend"
        " | groetjes | hoi hoi | jij ook | u ook | insgelijks | tot later",
        "it": "arrivederci | ciao | buona giornata | buona serata | buon weekend | a presto"
        " | altrettanto | buonanotte | anche a lei | anche a te | saluti",
        "ja": "失礼します | 失礼いたします | さようなら | さよなら | おやすみなさい | ではまた"
        " | それでは失礼 | よい一日を | 良い一日を",
    },
    "still_wrong": {
        "en": "still not | still doesn't | still does not | still can't | still fails | still failing"
        " | still waiting | still broken | still the same | still wrong | still getting"
        " | not working | doesn't work | does not work | didn't work | did not work"
        " | doesn't help | not helpful | didn't help | no help | not solved | not resolved"
        " | not fixed | not really | no thanks to | but | however | thanks for nothing | useless"
        " | great another | just great | fed up | ridiculous | unacceptable | disappointed"
        " | waste of | cancel* | no luck | same error | same problem | again | wrong",
        "de": "immer noch | noch immer | geht nicht | funktioniert nicht | klappt nicht | hilft nicht"
        " | hilft mir nicht | nicht geholfen | nicht gelost | aber | leider | trotzdem"
        " | nicht hilfreich | danke fur nichts | na toll | frechheit | unverschamt | enttauscht"
        " | unmoglich | noch nicht | gleicher fehler | wieder nicht | kundig*",
        "fr": "toujours pas | ne marche pas | marche pas | ne fonctionne pas | fonctionne pas | mais"
        " | pas resolu | n'aide pas | aide pas | ca ne m'aide | merci pour rien | inadmissible"
        " | inacceptable | decu | decue | encore | pas vraiment | meme erreur | meme probleme"
        " | inutile | honte*",
        "es": "no funciona | sigue sin | sigue igual | no me sirve | no sirve | todavia no | aun no"
        " | pero | no ayuda | gracias por nada | inaceptable | decepcion* | mismo error"
        " | mismo problema | no se ha resuelto | no resuelto | verguenza | inutil",
        "pt": "nao funciona | ainda nao | continua | mas | nao resolveu | nao resolvido | nao ajuda"
        " | nao ajudou | obrigado por nada | inaceitavel | decepcion* | mesmo erro"
        " | mesmo problema | nao deu | absurdo | inutil | nao serve",
        "nl": "werkt niet | nog steeds | doet het niet | lukt niet | maar | helaas | niet opgelost"
        " | helpt niet | hielp niet | bedankt voor niets | belachelijk | teleurgesteld"
        " | zelfde fout | zelfde probleem | nog niet | schandalig",
        "it": "non funziona | ancora non | continua a | ma | pero | purtroppo | non risolto"
        " | non e risolto | non aiuta | non mi aiuta | grazie per niente | grazie di niente"
        " | inaccettabile | delus* | stesso errore | stesso problema | vergogn* | inutile"
        " | non va",
        "ja": "まだ | 動きません | できません | 出来ません | 直りません | 直らない | 直っていま | だめ"
        " | ダメ | でも | ですが | しかし | 解決していま | 解決しません | 困って | 困り"
        " | 届いていま | 届きません | 同じエラー | 最悪 | 残念 | ひどい",
    },
    "promise": {
        "en": "get back to you | come back to you | be in touch | keep you posted | keep you updated"
        " | follow up | let you know | i'll update you | we'll update you | i will update you"
        " | i'll email you | i will email you | we'll email you | we will email you"
        " | i'll call you | we'll call you | call you back | call you | contact you"
        " | reach out to you | reach out as soon | write to you | write back | send you ~ later"
        " | send you ~ tomorrow | hear from us | hear back | hear from me | looking into"
        " | look into | investigat* | i'll check | i will check | we'll check | we will check"
        " | let me check with | need to check | have to check | i'll find out | find out and"
        " | i'll ask | get this fixed | get that fixed | we're working on | are working on"
        " | as soon as we know | as soon as i know | as soon as we have | as soon as i have"
        " | by tomorrow | by end of day | by the end of | by monday | by friday | within ~ hours"
        " | within ~ days | within ~ business | in the next few | later today | tomorrow morning"
        " | raised a ticket | open a ticket | opened a ticket | create a ticket | log a ticket"
        " | raise this",
        "de": "melde mich | melden uns | melde ich mich | melden wir uns | meldet sich | bescheid"
        " | halte sie auf dem laufenden | halten sie auf dem | auf dem laufenden | ruckmeldung"
        " | rufe sie | rufen sie ~ zuruck | ruckruf | zuruckrufen | schreibe ihnen"
        " | schreiben ihnen | schreibe dir | sende ihnen ~ spater | schicke ihnen ~ morgen"
        " | bekommen sie ~ mail | erhalten sie ~ mail | per mail | prufe das | prufen das"
        " | prufen wir | klare das | klaren das | klare ich | klaren wir | ich klare"
        " | kummere mich | kummern uns | gehe dem nach | gehen dem nach | schaue mir das"
        " | sehe mir das | frage nach | frage ~ nach | hake nach | muss ~ nachfragen"
        " | muss ~ prufen | muss ~ klaren | bis morgen | morgen fruh | im laufe des"
        " | innerhalb von | spatestens | sobald ich | sobald wir | arbeiten daran"
        " | wird nachgereicht | komme auf sie zu | kommen auf sie zu | ticket erstell*"
        " | ticket angelegt",
        "fr": "reviens vers vous | revenons vers vous | reviendrai | reviendrons | recontact*"
        " | tiens au courant | tiendrai au courant | tenons au courant | tiendrons"
        " | tiens informe* | tenons informe* | vous rappel* | vous ecri* | vous contact*"
        " | vous envo* ~ demain | ferai un retour | fais un retour | un retour | vais verifier"
        " | vais voir | vais me renseigner | me renseigne | vais demander | je verifie"
        " | nous verifions | faut que je verifie | dois verifier | nous y travaillons"
        " | je m'en occupe | nous nous en occupons | d'ici demain | d'ici la | sous 24 | sous 48"
        " | dans les ~ heures | dans la journee | des que j'ai | des que nous | des que possible"
        " | demain matin | au plus vite | ouvre un ticket | ouvert un ticket",
        "es": "le contact* | te contact* | nos pondremos en contacto | me pongo en contacto"
        " | ponerme en contacto | le aviso | te aviso | avisare | avisaremos | le avisar*"
        " | le informar* | mantendre informad* | mantendremos | le llam* | te llam* | le escrib*"
        " | te escrib* | le enviare ~ manana | voy a revisar | voy a comprobar | voy a verificar"
        " | voy a consultar | voy a preguntar | lo reviso | lo consulto | lo estamos revisando"
        " | lo miro y | estamos trabajando | tengo que consultar | tengo que revisar | manana"
        " | en cuanto sepa | en cuanto tenga | en cuanto ten* | tan pronto como | en las proximas"
        " | en un plazo | antes de 24 | dentro de ~ horas | abro un ticket | abrire un"
        " | le respondere | respuesta por correo",
        "pt": "entro em contato | entraremos em contato | entrarei em contato | entramos em contacto"
        " | entraremos em contacto | retorno | retornarei | retornaremos | dou um retorno"
        " | te aviso | aviso voce | aviso assim | avisarei | avisaremos | mantenho ~ informad*"
        " | manteremos ~ informad* | ligo para | ligaremos | te ligo | envio ~ amanha"
        " | vou verificar | vou checar | vou confirmar | vou conferir | vou consultar"
        " | vou perguntar | vou averiguar | vamos verificar | vamos analisar | vou analisar"
        " | estamos analisando | estamos a analisar | preciso verificar | preciso confirmar"
        " | preciso consultar | amanha | assim que tiver | assim que soub* | assim que possivel"
        " | nas proximas | dentro de | em ate | ate o fim do dia | abri um chamado | vou abrir"
        " | por e-mail ainda",
        "nl": "kom ~ op terug | komen ~ op terug | kom erop terug | hoor* ~ van ons | hoor* ~ van mij"
        " | laat ~ weten | laten ~ weten | neem contact | nemen contact | neem ik contact"
        " | nemen we contact | nemen wij contact | op de hoogte | bel je | bel u | bellen u"
        " | bellen je | terugbel* | mail u | mail je | mailen u | stuur ~ morgen | ga het na"
        " | ga dit na | ga na | zoek het uit | zoek dit uit | zoeken het uit | zoeken dit uit"
        " | uitzoeken | ga het navragen | navragen | vraag het na | vraag dit na"
        " | moet ~ nakijken | moet ~ navragen | kijk het na | zijn ermee bezig"
        " | wordt aan gewerkt | morgen | zodra ik | zodra we | zodra wij | binnen ~ uur"
        " | binnen ~ dagen | binnen ~ werkdagen | uiterlijk | ticket aangemaakt | ticket aan",
        "it": "le faccio sapere | ti faccio sapere | faremo sapere | faro sapere | vi faremo sapere"
        " | la ricontatt* | ti ricontatt* | la contatt* | ti contatt* | la richiam* | ti richiam*"
        " | la aggiorn* | ti aggiorn* | la terro | aggiornat* | le scriv* | ti scriv*"
        " | le mando ~ domani | verifico | verifichiamo | controllo e | sto controllando"
        " | devo verificare | devo controllare | devo chiedere | chiedo ~ collegh* | mi informo"
        " | mi informero | ci stiamo lavorando | stiamo verificando | stiamo controllando"
        " | me ne occupo | ce ne occupiamo | domani | appena so | appena ho | appena possibile"
        " | non appena | entro ~ ore | entro domani | entro ~ giorni | entro oggi"
        " | nelle prossime | in giornata | apro un ticket | aperto un ticket",
        "ja": "折り返し | 後ほど | のちほど | 改めて | あらためて | 追って | 確認してご連絡"
        " | 確認のうえ | 確認の上 | 確認いたします | 確認します | 確認して | 確認中 | お調べ"
        " | 調べて | 調査 | ご連絡いたします | ご連絡します | 連絡します | ご連絡差し上げ"
        " | 連絡いたします | ご連絡させて | ご案内いたします ~ メール | メールでご | メールにて"
        " | お電話いたします | お電話します | お電話差し上げ | 明日 | 明後日 | 翌営業日"
        " | 営業日以内 | 以内に | わかり次第 | 分かり次第 | 判明次第 | 本日中 | 週明け"
        " | 対応いたします | 対応中 | 少々お時間 | お時間をいただ | 進捗",
    },
    "other_team": {
        "en": "forward* this | forward* it | forward* that | forward* your | forwarded to | forward to"
        " | pass* this on | pass* it on | pass* that on | pass this to | pass it to | passed to"
        " | pass* your | hand* this over | hand it over | hand this to | handed over to"
        " | escalat* | transferr* | transfer you | transfer this | raised it with | raise it with"
        " | raised this with | raise this with | check with our | check with the | speak to our"
        " | speak with our | talk to our | ask our | ask the | our ~ team will | the ~ team will"
        " | our ~ department will | a colleague will | my colleague will | colleague from"
        " | another team | different team | different department | our engineers | our developers"
        " | second level | tier 2 | someone from our | someone from the | billing will"
        " | sales will | assigned to our | our specialists",
        "de": "weitergeleitet | leite ~ weiter | leiten ~ weiter | weiterleiten | gebe ~ weiter"
        " | geben ~ weiter | weitergegeben | weitergeben | ubergeb* an | ubergeben"
        " | kollegen ~ melden | kollege ~ meldet | kollegin ~ meldet | kollegen aus"
        " | kollegin aus | kollege aus | an die kollegen | an meine kollegen | an unsere"
        " | fachabteilung | zustandige abteilung | zustandigen abteilung | andere abteilung"
        " | buchhaltung ~ meldet | an die buchhaltung | an die technik | technik ~ meldet"
        " | eskalier* | zweiten ebene | an den vertrieb | an unser team | team ~ kummert",
        "fr": "transfer* | transmet* | transmis* | fais suivre | faire suivre | je passe le dossier"
        " | je passe votre | mes collegues | un collegue | une collegue | notre equipe ~ va"
        " | l'equipe ~ va | au service | le service ~ va | service ~ vous | equipe technique"
        " | service technique | service comptab* | remont* | escalad* | autre service"
        " | aux developpeurs | notre technicien",
        "es": "transfier* | transferir* | paso ~ al | lo paso a | se lo paso | derivo | derivar*"
        " | derivado | traslado | trasladar* | remito | remitir* | reenvi* | escalo | escalar*"
        " | escalado | mi companer* | un companer* | compañer* | otro departamento"
        " | departamento de | al equipo de | el equipo de ~ le | nuestro equipo de | area de"
        " | equipo tecnico",
        "pt": "encaminh* | transfer* | repass* | passei para | vou passar | escal* | outra equipe"
        " | outro setor | outra equipa | setor de | departamento de | departamento ~ vai"
        " | a equipe de | equipe tecnica | equipa de | equipa tecnica | meu colega | minha colega"
        " | um colega | nosso time | time de | nossos tecnicos",
        "nl": "doorgestuurd | stuur ~ door | sturen ~ door | doorsturen | doorgezet | zet ~ door"
        " | zetten ~ door | doorzetten | geef ~ door | geven ~ door | doorgegeven | doorgeven"
        " | verbind ~ door | collega ~ van | mijn collega | een collega | collega's"
        " | andere afdeling | afdeling ~ neemt | de afdeling | technische dienst"
        " | technische afdeling | escale* | geescaleerd | tweede lijn | het team van"
        " | ons team ~ neemt | de boekhouding",
        "it": "inoltr* | trasferi* | passo ~ al | passo la | lo passo | girat* | giro ~ al"
        " | segnalat* al | segnalo ~ al | escal* | mio collega | mia collega | un collega"
        " | i colleghi | altro reparto | reparto ~ | ufficio ~ la | all'ufficio | al team"
        " | il team ~ la | nostro team | reparto tecnico | tecnici | amministrazione ~ la",
        "ja": "担当部署 | 担当部門 | 別部署 | 他部署 | 担当者より | 担当者から | 担当の者 | 技術チーム"
        " | 開発チーム | 専門チーム | 専門部署 | 引き継ぎ | 引継ぎ | 引き継が | 転送 | エスカレ"
        " | 経理 | 営業担当 | 上席 | 部署に | 部門に | チームに",
    },
    "closing": {
        "en": "anything else | is there anything | any other questions | any further questions"
        " | have a great | have a nice | have a good | have a lovely | thanks for contacting"
        " | thank you for contacting | thanks for reaching | thank you for reaching"
        " | thanks for chatting | thank you for chatting | you're welcome | youre welcome"
        " | my pleasure | glad i could | happy to help | happy to have helped | take care"
        " | closing this chat | close this chat | close the chat | closing the chat"
        " | chat will be closed | rate this | rate your | feedback | bye | goodbye | no problem"
        " | no worries | don't hesitate | feel free to",
        "de": "sonst noch | noch etwas | weitere fragen | noch fragen | schonen tag | schonen abend"
        " | schones wochenende | gern geschehen | gerne | sehr gerne | keine ursache"
        " | kein problem | danke fur ihre anfrage | danke fur deine | vielen dank fur ihre"
        " | auf wiedersehen | tschuss | chat wird | beende den chat | schliesse den chat"
        " | bewert* | freut mich | jederzeit wieder",
        "fr": "autre chose | d'autres questions | autre question | bonne journee | bonne soiree"
        " | bon week-end | je vous en prie | avec plaisir | de rien | merci de nous avoir"
        " | merci d'avoir | au revoir | je cloture | je ferme | n'hesitez pas | votre avis"
        " | excellente journee | a votre service",
        "es": "algo mas | alguna otra | otra consulta | otra duda | buen dia | buena tarde"
        " | buenas tardes | buenas noches | de nada | un placer | con gusto"
        " | gracias por contactar | gracias por comunicar* | gracias por escribir | hasta luego"
        " | cierro el chat | cerrare el chat | su opinion | no dude en | feliz dia | que tenga",
        "pt": "mais alguma | algo mais | outra duvida | mais alguma coisa | bom dia | boa tarde"
        " | boa noite | de nada | por nada | disponha | foi um prazer | obrigado por entrar"
        " | obrigada por entrar | obrigado pelo contato | agradecemos o contato"
        " | agradeco o contato | vou encerrar | encerrar o atendimento | avali*"
        " | bom fim de semana | ate logo",
        "nl": "nog iets | verder nog | andere vragen | nog vragen | fijne dag | prettige dag"
        " | fijne avond | fijn weekend | graag gedaan | geen probleem | geen dank"
        " | bedankt voor het contact | bedankt voor je | bedankt voor uw | ik sluit de chat"
        " | sluit deze chat | tot ziens | beoorde* | tot uw dienst | aarzel niet",
        "it": "altro | altre domande | qualcos'altro | buona giornata | buona serata | buon weekend"
        " | prego | di nulla | di niente | e stato un piacere | grazie per averci"
        " | grazie per aver | chiudo la chat | chiudo il | arrivederci | a disposizione | valut*"
        " | figurati | si figuri",
        "ja": "他に | ほかに | その他 | 何かござい | ご不明な点 | お問い合わせいただき"
        " | お問い合わせありがとう | ご利用ありがとう | どういたしまして | とんでもない"
        " | お役に立て | 良い一日 | よい一日 | 失礼いたします | チャットを終了 | アンケート"
        " | またのご利用",
    },
    "wants_person": {
        "en": "speak to a person | talk to a person | speak to a human | talk to a human | real person"
        " | human please | human agent | live agent | an agent | to an agent | speak to someone"
        " | talk to someone | speak with someone | talk with someone | representative"
        " | speak to a manager | speak to your manager | a human | actual person | actual human"
        " | a supervisor | can someone call | call me | operator",
        "de": "mitarbeiter sprechen | mit einem menschen | mit einem mitarbeiter"
        " | mit jemandem sprechen | mit jemandem reden | echten menschen | echter mensch"
        " | richtigen menschen | einen mitarbeiter | einen menschen | mensch bitte"
        " | mitarbeiter bitte | vorgesetzt* | rufen sie mich | ruckruf | kundenberater"
        " | personlich sprechen",
        "fr": "parler a quelqu'un | parler a un conseiller | parler a une personne | parler a un humain"
        " | un humain | une vraie personne | vraie personne | un conseiller | un agent"
        " | un responsable | un operateur | rappelez moi | rappelez-moi | m'appeler | me rappeler"
        " | service client humain",
        "es": "hablar con una persona | hablar con un humano | hablar con alguien"
        " | hablar con un agente | persona real | un humano | un agente | una persona | un asesor"
        " | un operador | un responsable | que me llamen | llamenme",
        "pt": "falar com uma pessoa | falar com um humano | falar com alguem | falar com um atendente"
        " | atendente | pessoa de verdade | pessoa real | um humano | ser humano | um operador"
        " | um responsavel | me liguem | me ligar",
        "nl": "medewerker spreken | met een medewerker | met een mens | een echt persoon | echt mens"
        " | echte persoon | iemand spreken | met iemand spreken | met iemand praten"
        " | een medewerker | leidinggevende | bel me | bel mij | mens alsjeblieft | mens graag",
        "it": "parlare con una persona | parlare con un operatore | parlare con qualcuno"
        " | parlare con un umano | operatore | persona reale | persona vera | un umano"
        " | un responsabile | un consulente | chiamatemi | essere richiamat*",
        "ja": "オペレーター | 人と話 | 人間と | 人間に | 担当者と話 | 担当者に繋 | 担当者につな"
        " | 担当者をお願い | 担当者に代わ | 有人 | 電話してほしい | 電話をください"
        " | お電話ください | 責任者 | スタッフと話 | 直接話",
    },
    "hand_over": {
        "en": "connect you | connecting you | transfer* you | hand you over | handing you over"
        " | pass you to | passing you | someone will be with you | someone will be right"
        " | someone from our | a member of our | team member will | agent will | an agent"
        " | human agent | our team will | a person will | specialist will | i can't help"
        " | i cannot help | can't help with | unable to help | not able to help"
        " | don't have information | do not have information | don't have that information"
        " | couldn't find | could not find | i don't know | not sure i understand"
        " | didn't understand | we are offline | we're offline | currently offline"
        " | currently closed | outside of our | outside our | leave your email | leave a message",
        "de": "verbinde sie | verbinde dich | weiterleiten | leite sie | leite dich | ubergebe"
        " | ein mitarbeiter | eine mitarbeiterin | mitarbeiter wird | mitarbeiter ~ meldet"
        " | unser team | jemand aus | kollege ~ ubernimmt | kollegin ~ ubernimmt"
        " | kann ich ~ nicht helfen | kann ~ nicht weiterhelfen | nicht weiterhelfen"
        " | keine informationen | habe ich leider nicht | nicht verstanden"
        " | derzeit nicht erreichbar | ausserhalb unserer | geschlossen | hinterlassen sie",
        "fr": "mets en relation | mettre en relation | vous transfere | transferer | un conseiller"
        " | un agent | un collegue | un membre de | notre equipe | quelqu'un va"
        " | ne peux pas vous aider | pas en mesure | pas d'information* | pas trouve"
        " | pas compris | actuellement ferme* | hors ligne | laissez",
        "es": "le comunico | te comunico | le paso con | te paso con | le transfiero | te transfiero"
        " | transferir* | un agente | un asesor | un companer* | nuestro equipo | alguien de"
        " | no puedo ayudar* | no tengo informacion | no he encontrado | no he entendido"
        " | no encontre | fuera de horario | fuera de nuestro | deje su | deja tu",
        "pt": "transferir | transferindo | vou te passar | vou passar voce | um atendente | um agente"
        " | um especialista | nossa equipe | nossa equipa | alguem da | nao consigo ajudar"
        " | nao posso ajudar | nao tenho informac* | nao encontrei | nao entendi"
        " | fora do horario | deixe seu | deixe o seu",
        "nl": "verbind u door | verbind je door | doorverbinden | een medewerker | een collega"
        " | ons team | iemand van | kan ~ niet helpen | kan ik niet | geen informatie"
        " | niet gevonden | niet begrepen | begrijp ~ niet | buiten onze | gesloten"
        " | laat ~ achter",
        "it": "la metto in contatto | ti metto in contatto | metto in contatto | trasferisco | la passo"
        " | ti passo | un operatore | un agente | un collega | il nostro team | qualcuno del"
        " | non posso aiutar* | non sono in grado | non ho informazioni | non ho trovato"
        " | non ho capito | fuori orario | al momento chius* | lasci | lascia",
        "ja": "担当者におつなぎ | 担当者にお繋ぎ | おつなぎ | お繋ぎ | オペレーター | 担当者が"
        " | 担当者より | 担当者に | スタッフが | 有人 | お答えできません | お答えできかね"
        " | 回答できません | わかりません | 分かりません | わかりかね | 見つかりません"
        " | 見つかりませんでした | 営業時間外 | 理解できません",
    },
    "solved": {
        "en": "glad that | glad it | glad to hear | great to hear | happy to hear | that's resolved"
        " | is resolved | been resolved | has been updated | has been changed"
        " | has been cancelled | has been reset | have updated | have changed | have reset"
        " | have cancelled | i've updated | i've changed | i've reset | i've cancelled | all set"
        " | all done | is now active | problem is solved | issue is solved | is fixed"
        " | has been fixed | is done",
        "de": "freut mich | schon zu horen | ist gelost | ist behoben | wurde behoben | wurde geandert"
        " | habe ich geandert | habe ~ geandert | wurde zuruckgesetzt | habe ~ zuruckgesetzt"
        " | ist erledigt | ist nun aktiv | ist jetzt aktiv | wurde storniert | habe ~ storniert"
        " | habe ~ aktualisiert",
        "fr": "ravi | ravie | est resolu | a ete resolu | a ete modifie* | a ete mis* | a ete annule*"
        " | est annule* | j'ai modifie | j'ai annule | j'ai mis a jour | j'ai reinitialise"
        " | c'est fait | est maintenant active*",
        "es": "me alegra | me alegro | queda resuelto | ha sido resuelto | esta resuelto"
        " | ha sido actualizad* | he actualizado | he cambiado | he cancelado | he restablecido"
        " | ya esta hecho | esta listo | ha quedado",
        "pt": "que bom | fico feliz | foi resolvido | esta resolvido | foi atualizad* | foi alterad*"
        " | foi cancelad* | atualizei | alterei | cancelei | redefini | esta feito"
        " | ja esta ativ* | prontinho | tudo certo",
        "nl": "fijn om te horen | goed om te horen | is opgelost | is hersteld | is aangepast"
        " | heb ik aangepast | heb ~ aangepast | is gewijzigd | heb ~ gewijzigd | is geannuleerd"
        " | heb ~ geannuleerd | is nu actief | is klaar | is geregeld",
        "it": "mi fa piacere | sono contento | sono contenta | e risolto | e stato risolto"
        " | e stato aggiornato | ho aggiornato | ho modificato | ho annullato | ho reimpostato"
        " | e stato annullato | e ora attivo | e fatto | tutto fatto",
        "ja": "解決して何より | 解決いたしました | 解決しました | 変更いたしました | 変更しました"
        " | 更新しました | 更新いたしました | キャンセルしました | リセットしました"
        " | 完了しました | 完了いたしました | 良かったです | よかったです | 設定しました",
    },
}

# Little words by which a language is told; none of them stands in two lists.
LITTLE_WORDS = {
    "en": "the and is are you your my can't what how with not this have for it of to i'm please was do",
    "de": "und ist ich nicht das mit wie mein meine der die sie ein eine auf fur kann wir bitte zu den wo noch",
    "fr": "est le je pas les vous mon ma une et pour dans avec ne du sur votre bonjour c'est j'ai comment ou",
    "es": "el los las mi por para con una es que como puedo pero su hola se del y lo al cuando donde",
    "pt": "os meu minha nao uma com voce para por como e um do da em posso ola meus isso tem eu ao",
    "nl": "het ik een niet mijn met van voor hoe kan u wat dat naar aan je hallo maar deze zijn wij er",
    "it": "il non di che per con mio mia una come posso sono gli della ho nel mi buongiorno si ma grazie anche",
}

SCRIPT_JA = re.compile("[\u3040-\u30ff]")
COMPILED = {}


def speaks_of(topic, text):
    """Does the text hold one of the topic's phrases, in any of the languages?"""
    if topic not in COMPILED:
        COMPILED[topic] = compiled(PHRASES[topic])
    latin, japanese = COMPILED[topic]
    words = folded(text)
    return bool(latin.search(words) or japanese.search(words))


def compiled(lists):
    latin = [pattern(phrase) for language, text in lists.items() if language != "ja" for phrase in text.split(" | ")]
    japanese = [re.escape(folded(phrase)).replace(r"\ \~\ ", ".{0,12}") for phrase in lists["ja"].split(" | ")]
    return re.compile(r"(?<!\w)(?:" + "|".join(latin) + r")(?!\w)"), re.compile("|".join(japanese))


def pattern(phrase):
    words = re.escape(folded(phrase)).replace(r"\*", r"\w*").replace(r"\~\ ", r"(?:\S+\ ){0,4}")
    return words.replace(r"\ ", r"\W{1,3}").replace(r"\S+\W{1,3}", r"\S+\s")


def folded(text):
    """Lower case, no accents, plain apostrophes and single spaces; kana keep their marks."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("\u00b4", "'")
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00df", "ss").split())


def language_of(text):
    """The language whose little words fill the text best; empty where none fits."""
    if SCRIPT_JA.search(text):
        return "ja"
    words = re.findall(r"[\w']+", folded(text))
    counts = {name: sum(word in listed.split() for word in words) for name, listed in LITTLE_WORDS.items()}
    best = max(counts, key=counts.get)
    return best if counts[best] >= 2 and counts[best] * 6 >= len(words) else ""


def asks(text):
    """Does the text end in a question? What follows the last question mark may be a smile or a thank-you."""
    ending = unicodedata.normalize("NFKC", text).strip()
    return bool(re.search(r"\?[^?.!\u3002]{0,12}[.!]?$", ending)) or ending.endswith(
        ("ですか", "ますか", "ですか。", "ますか。")
    )


def only_signs(text):
    """An emoji or a sign alone, none of them an unhappy one or a question mark."""
    return bool(text.strip()) and not re.search(r"\w|\?|[😞😠😡😢😭😤👎🙁☹😒🤬💔]", text)


def words_in(text):
    """How many words; where there are no spaces between words, two signs count as one."""
    signs = len(re.findall("[\u3040-\u30ff\u3400-\u9fff]", text))
    return len(re.findall(r"[^\W\u3040-\u30ff\u3400-\u9fff]+", text)) + (signs + 1) // 2


def markers_in(text):
    """`#words` of an internal comment in the order they stand, without the sign, in lower case."""
    return [marker.lower() for marker in re.findall(r"[#\uff03]([\w-]+)", text)]
