"""The words by which people thank, complain, promise, hand over or ask for a person, in eight languages.

Word lists are data, by topic and language, parted by `|`. They are matched on word borders after case, accents and
apostrophes are folded (`i ll` is "I'll"). `*` ends or begins an open word (`forward*`), ` ~ ` stands for up to four
words in between, `<team>` for another topic in the same language, `$` for the end whatever sign stands there, `any`
for words of every language; the rest is as in a regular expression. A line may end after a `|` or in place of a space.
Japanese has no word borders: there a phrase matches anywhere, and all of it is hiragana.
"""

import functools
import re
import unicodedata

PHRASES = {
    # thanks, praise, and 'that is all'
    "satisfied": r"""
any: thanks|thank (you|u)|thx|tnx|ty|merci|danke|gracias|obrigad[oa]|grazie|top|super|perfe*|cool|great|genial*|parfait
en: thank*|tysm|cheers|ta|(much )?obliged|awesome|brill*|wonderful|lovely|amazing|excellent|fantastic|fab|nice|neat|
sweet|legend|life ?saver|(a|you) (star|gem|angel)|help(s|ed|ful)|work(s|ed)|did (it|the trick|the job)|solved|resolved|
fixed|all (good|set|sorted|clear|fine)|sorted|gotcha|good|makes sense|that( i)?s (all|everything|it|fine|ok|okay|clear|
easy)|that was|that explains|nothing else|appreciate*|clear now|phew|glad|happy|relie(f|ved)|love (it|that)|yay|woohoo|
better|just what|exactly (what|that)|sick|mint|ace|banging|dope|smashing|wicked|stuff|do me|received|champion|grand|spot
on|top notch|class$|magic$|bless|a great help|you rock|quick (reply|answer|work)|game changer|enough for me|pleased|
chuffed|deal$|perf|that answers|sound$|ten out of ten|superb
de: dank*|prima|klasse|spitze|toll|wunderbar|hervorragend|geil|mega|geklappt|klappt|funktioniert|geholfen|hilfreich|
alles (klar*|gut|bestens)|passt|das (war|ware) (s|es|alles)|mehr nicht|erledigt|gelost|verstanden|nett|lieb|gut|besser|
freut mich|(^|sehr |wie |ganz |auch |dank* |so )schon(e|es|er)?$|puh|(froh|beruhigt|zufrieden)|sonst nichts|leuchtet
ein|ergibt sinn|(weiss ich )?bescheid|bestens|fein|stark|supi|genau (das|was|so)|hab s|fett|krass*|hammer|bombe|
angekommen|erhalten|ging ja (schnell|einfach)|ist (da|an)gekommen|ist da$|chapeau|hut ab|spitzen*|stimmt$|offen$|mehr
wollte ich nicht|genugt|reicht( mir)?|traumhaft|lass(t|e) ich mir gefallen|genial|schnelle? (hilfe|antwort)|wieder was
gelernt|nice|jawoll?|paletti
fr: mercis?|nickel|impec*|c est (bon|clair|note|tout|resolu|regle|gentil|fait|ok|top|super)|ca (marche|fonctionne|me va|
roule|m aide|suffit|ira|remarche)|regle|compris|entendu|note|ce sera tout|rien d autre|formidable|excellent*|adorable|un
ange|chouette|bonne nouvelle|ouf|(tant )?mieux|rassure*|je sais tout|plus de questions|trop (bien|fort|cool|lourd)|
sympa|trouve*|magnifique|contente?|tres (bien|clair)|(exactement|pile|juste) (ce|ca)|mci|style|lourd|recu|rapide|
chapeau|je l ai|bien joue|au poil|du tonnerre|vous (me sauvez|etes (top|geni|super|une? ))|me sauve*|de la balle|
genial*|c est (parti|ca|tout bon|enregistre)|suffit|quel bonheur|rapidite|efficace|c etait ca|bon a savoir|ca y est
es: gracia*|estupend*|excelente|fenomenal|de lujo|barbaro|buenisim*|chevere|padre|funcion[ao]|ya (va|esta|quedo|pude|
salio|entre|lo veo)|solucionad*|resuelt*|listo|entendido|entiendo|amable|(sirve|sirvio|ayudo|ayudado)|(eso|era) (es|era|
todo|seria)|nada mas|que (lind*|bien|bueno|alivio|maravilla|maj*|facil)|clar*|agradec*|mejor|menos mal|bendiga|crack|un
sol|me alegr*|quitado|encontr*|consegui*|guay|bien|justo lo|chul[oa]|chid[oa]|padrisim*|bacan|brutal|mola|recibid[oa]|ya
me llego|hecho|con eso tengo|(un|de) (10|diez)|de una$|(de )?puta madre|chimba|bacano|joya|de perlas|me salv*|
eres un (sol|crack|amor|genio|angel)|
aparecio$|confirmado|suficiente|rapidisim*|con eso basta|genio|era eso|bueno saber*
pt: obrigad*|brigad*|obg|vlw|valeu|otim*|maravilh*|show|beleza|blz|deu certo|funcionou|(ja|agora) (funciona|foi$|esta|
consegui|entrou|vi|sei|deu)|resolvid*|resolveu|entendi*|so isso|era isso|e tudo|nada mais|ajudou|fixe|agradec*|massa|
(muito|que) (bom|simpatic*|simpatia|gentil|alivio|legal|facil)|boa|bem haja|esclarecid*|clar(o|inho)|tranquilo|melhor|
ainda bem|feliz|joia|legal|chegou|da hora|brutal|bacana|demais|recebi|feito|que rapido|anotado|sensacional|espetac*|bao|
nota (10|dez|mil)|arrasou|arrasaram|top*|(me )?salv(ou|aram)|perfeit*|na hora$|certinho|deu bom|fiz o pedido|suficiente|
uma? (anjo|querid[oa]|amor)|excel*|fenomenal|impec*|super rapid*|bom saber|ja fiz|tudo certo
nl: dank*|bedank*|bdankt|prima|geweldig|fijn|mooi|het werkt|doet het( weer| nu)?|duidelijk|helder|begrepen|(dat|dit) was
(alles|het|m)|verder (niets|niks)|goed|fantastisch|lief|aardig|handig|leuk|gedaan|lekker|tof|gaaf|topp*|weet ik (alles|
genoeg|het)|gelukkig|opgelucht|blij|beter|snap het|scheelt|uitstekend|komt voor de bakker|precies wat|vet|lauw|geinig|
ontvangen|binnen|opluchting|zo kan het ook|kreeg (de|het)|held(en)?|wauw|wow|chill|keigoed|kei (goed|fijn|tof|blij)|
bedntk|super*|genoeg|nice|chapeau|hij staat er|staat er (tussen|al|op)|top*|klasse|(gered|redding)|perfect*|schitterend|
heerlijk|lieverd|kan ik (mee )?verder|zie het
it: grazi*|grz|ottim*|fantastic*|beniss*|eccellente|magnific*|(ora|adesso|ok) (funziona|va|vedo|e)|funziona|chiar*|tutto
ok|a posto|capito|(e|era) tutto|nient altro|gentil*|che (carin*|bell*|bravi)|ringrazi*|trovat*|fatto|meglio|meno male|
sollievo|mi avete (aiutat*|salvat*)|bene|bell[oa]|grande|bravissim*|utilissim*|prenotat*|splendid*|proprio (quello|cio)|
fig(o|ata)|bomba|arrivat[oa]|ricevut[oa]|buono a sapersi|spacca|mitic[oaie]|preso|daje|gentilissim*|salvat[oa]|(un|da|
dieci) (10|dieci|e lode)|stupend*|spettacol*|evviva|perfett*|ricevut*|mi bast*|basta cosi|precisissim*|velocissim*|
siete (mitic|brav|grandi|fantastic|gentil|un mito|il top|i migliori)*|comodo|era quello
ja: ありがと|有り?難う|助か(り|った)|解決(しま|で)|直(りました|った)|(でき|出来)(ました|た)|動(きました|いた|くように)|
(わか|分か)(りました|った)|承知|了解|大丈夫です|感謝|完璧|以上です|納得(です|しま)|(良|よ)かった|さんきゅ|最高|安心|
なるほど|嬉しい|うれしい|それで(結構|いい)|すごい|ばっちり|^ok|かしこまり|理解しま|おかげ|楽しみ|入れました|届きました|
これです|やば(い|っ)(?!.*(です|ん)か)|まじ|神|いいですね|届いて(い)?ました|おっけ|簡単でした|それで$|
^.{0,12}(?<!割)(?<!壊)(?<!切)(?<!遅)(?<!汚)(?<!忘)(?<!破)(?<!倒)(?<!折)(?<!漏)(?<!外)(?<!断)[えけせてねべめれ]ました$|
よかよか|どうも$|どうもです|それが知りた|念のため(の|です|だけ)|分かれば|わかれば|たしかに|確かに(あり|見)|十分(です|
だ)|さすがです|
天才|ぴったり|よろしくどうぞ|これでした|いいことを聞
""",
    # a mere all right, as the first words of a clause
    "accepts": r"""
any: ah+a?|ach|ha(ha)+h?|lol|ja(ja)+|je(je)+|kkk*|mdr|ah(ah)+|hihi|ok*|oki*|k|kk|alright*|dac
en: right|fair*|i see|noted|sure|no (problem|worries|bother)|fine|will do|understood|oh well|thought so|gotcha|ta
de: (in )?ordnung|verstehe|ach ?so|klar|schade|kein (problem|ding|thema|stress)|macht nichts|jo|oki*|jep|jup
fr: d accord|je vois|bien|bon|tant pis|dommage|pas grave|je comprends|vu|ca (marche|roule|va)|okay
es: vale|de acuerdo|dale|bueno|pues nada|ya veo|sale|va|(que )?(pena|lastima)|lo (hago|hare)|ni modo|orale|okey|ah (ok|
vale|bueno|ya)
pt: certo|ta( bom| bem| certo| otimo)?$|tudo bem|combinado|pena|esta bem|suave|fech(ado|ou)|percebi|paciencia|pois|okay|
(ah|oh) (ok|ta|sim)
nl: akkoord|snap ik|ja hoor|jammer|doe ik|zo dus|maakt niet uit|oke*|vooruit
it: d accordo|vab[be]*|capisco|peccato|certo|lo faccio|pazienza|immaginavo|fa niente|va (bene|be)|okay
ja: ^あ+、?$|笑|はーい|はい|そう(ですか|なん|だった)|そっか|へー|うん|残念|いいですよ|仕方|りょ$|おけ$|気になっただけ|
ですよね
""",
    # the visitor knows what to do now
    "decides": r"""
en: then|in that case|(i|we) (ll|will|m going to|m gonna)|gonna|(just )?(order|book|buy|pay|chang|remov|do)*ing (it|one|
that|now)|(done|booked|ordered|bought|changed|paid)|i guess|curious|live with|(i d|must have|was|had) (missed|
overlooked|misread|scrolled|looking in)|fair
de: (na )?dann|(mach|probier|versuch|nehm|bestell|komm|geh|kauf|buch|behalt|fahr|ruf|lass)e? ich|ich (mach|nehm|bestell|
komm|geh|kauf|buch|behalt|fahr|werde)e?|(gemacht|gebucht|bestellt|gekauft|geandert)|neugierig|ubersehen|bezahlt|nagut|
leben
fr: alors|dans ce cas|(j|je) (*rai|vais|prends|garde|reste|commande|viens|fais|passe)|(fait|commande|reserve|paye)|(c
etait )?juste pour|mal (lu|vu)|ferai avec
es: entonces|en ese caso|pues|(voy|vamos) a|(lo|la|me) (hago|compro|quedo|pido|cambio|llevo|gasto|paso|dejo|apunt*)|
(pido|paso|tomo)|ya (me|lo|la)|solo por|curiosidad|*are|saltado|pague|enterad[oa]
pt: entao|n[ae]sse caso|(vou|vamos)|eu mesm[oa]|fico com|levo|ja (comprei|fiz|mudei|paguei|reservei|pedi)|curiosidade|
faco assim|(fica|deixa) (pra|assim)|paguei|lido mal|mal lido
nl: dan|in dat geval|ik (ga|zal|neem|kom|doe|bestel|koop|hou|rij|pak|boek)|(ga|neem|kom|doe|bestel|koop|hou|rij|pak) ik|
(besteld|geboekt|geregeld|gekocht)|benieuwd|overheen gelezen|betaald|afwachten
it: allora|in (tal|quel) caso|(ci|lo|la|li|mi) (vado|uso|prendo|tengo|faccio|compro|cambio|ordino|arrangio)|(vado|vengo|
prendo|passo|procedo|faccio)|gia (fatto|comprato|pagato|ordinato)|curiosita|avevo visto|pagato|ragione|lascio
ja: じゃあ|それなら|でしたら|では、|(行|買|使|やり|見|入れ|変え|頼|申し込|予約し|注文し|寄|伺|探し|やめ|
諦め)\S{0,3}(ます|ますね|うわ|よう)$|にします|ときます|そうします|見落と|予約しました|買(いました|っちゃ)|お騒がせ|
自分で|にするけん|にしとく|にしときます
""",
    "farewell": r"""
any: bye|ciao|tschuss
en: goodbye|see (you|ya)|have a|take care|you too|same to you|all the best|regards
de: tsch*|auf wiedersehen|(schon*|guten) (tag|abend|wochenende|feierabend|woche|rest*|feiertage)|(bis|auf) (bald|dann|
morgen|*tag|mittwoch)|ebenso|(ihnen|dir|euch) auch|gute nacht|servus|gruss*|[lv]g|mfg|gleichfalls|wiederschauen|
wiederhoren|pfiat*|ade$|ciao
fr: au revoir|(bonne|belle) (journee|soiree|fin|continuation|nuit|semaine)|bon (week|we)|a (bientot|plus|demain|*di)|
(vous|toi) aussi|de meme|salut|cordialement|bisous|a plus$|bonne
es: adios|hasta (luego|pronto|manana|el *)|(buen*|feliz) (dia|tarde*|noche*|finde|fin|semana)|igualmente|cha[ou]|nos
vemos|saludos|un (abrazo|saludo)|chau*|un beso
pt: tchau|adeus|ate (logo|mais|breve|amanha|la|segunda|sabado)|(bom|boa|otimo) (dia|tarde|noite|fim|fds|semana)|
igualmente|abraco*|beijo*|(voces?|ti|si|senhora?|tu) tambem|tambem$|cumprimentos|fui|fique com deus|ate
nl: doeg?|doei|dag|tot (ziens|dan|later|morgen|snel|*dag)|(fijne|prettige|goede|fijn|goed) (dag|avond|weekend|middag|
week)|groet*|(jij|u|jullie) ook|hetzelfde|mvg|houdoe|ajuus*|fijne
it: arrivederci|buon* (giornata|serata|weekend|week|lavoro|notte|domenica)|a (presto|domani|lunedi|sabato)|altrettanto|
anche a (lei|te|voi)|salut[io]|cordialmente|buon*$
ja: 失礼(し|いたし)ます|さよ(う)?なら|おやすみ|ではまた|一日を|またお願い|また来ます|ではでは|それでは$
""",
    # the visitor found or solved it, or needs nothing any more
    "found": r"""
en: (found|figured|sorted|solved|fixed|got|worked) (it|that|them|the)( out)?|(it|that|this) works|work(s|ing) (now|
again|fine)|it s (working|fine|there|ok|back|here) now|(just|it) (arrived|turned up)|(it|they) (was|were) (just |only |
right )?(in|under|on|at)|sorted now|no (longer|need)|don t need (it|this|help|that|any)*|that s all i (want|need)*|there
it is
de: gefunden|(hat sich|ist) (schon |inzwischen |gerade |damit )?(erledigt|geklart|gelost)|(geht|klappt|funktioniert|
lauft) (jetzt|doch|wieder|nun)|jetzt (geht|klappt|funktioniert|hab|seh)*|war (ja |nur |schon )?(im|in|unter)|brauch*
(ich )?(nichts|nicht|keine|keinen) mehr|nicht mehr notig|hat sich|da ist (es|er|sie) ja
fr: trouve|resolu|(ca|c) (marche (maintenant|de nouveau|enfin|bien|a nouveau|now)|fonctionne|remarche|est bon|est
resolu)|(c |c est |c etait |etait )(dans|sous|en bas|au)|(pas|plus) (la peine|besoin)|j ai reussi
es: (lo|la|los|ya) (encontre|vi|tengo|resolvi|logre|pude)|encontrad[oa]|ya (esta|funcion*|va|aparecio|llego|salio|
quedo)|estaba* (en|ahi|abajo)|(ya )?no hace falta|ya no (lo |la )?necesito|solucionado|resuelto
pt: achei|encontrei|consegui|descobri|resolvi*|(ja|agora) (funcion*|esta|foi|entrou|apareceu|chegou)|(tava|estava) (no|
na|em|so|ali)|nao (e )?precis[ao] mais|ja nao (e )?precis[ao]
nl: gevonden|gelukt|opgelost|(werkt|doet het|lukt) (nu|weer|toch|inmiddels)|(stond|zat|lag) (gewoon|in|onder|er)|(niet|
niks|geen) (meer )?nodig|hoeft niet meer|(dit|dat) is genoeg
it: trovat[oaie]|risolto|scoperto|(ora|adesso) (funziona|va|lo vedo|e arrivat*|c e)|(era|stava) (nel*|in|li|sotto)|non
(serve|servono|ho) piu|ci sono riuscit[oa]
ja: 自己解決|解決しました|見つ(かり|け)ました|(に|、)(あり|でてき)ました|直りました|(でき|出来)ました|動(きました|
くように)|もう(必要|不要)|不要です|必要(なくなり|ありません)|(の中|の下)でした|もう大丈夫
""",
    "never_mind": r"""
en: never ?mind|nvm|ignore (that|me)|scrap that|false alarm|disregard
de: schon gut|egal|lassen sie (es|nur|mal)|lass (gut|mal|stecken)|fehlalarm|doch nicht
fr: laisse* tomber|laissez|oubliez|peu importe|fausse alerte
es: olvid*|dej[ae]*lo|da igual|falsa alarma|ya ya|no se preocupe
pt: deix(a|e|em) (pra la|para la|quieto|estar)|esquec*|falso alarme|nem precisa
nl: laat maar|vergeet (het|maar)|al goed|loos alarm
it: lasci* (stare|perdere)|ah no|come non detto|falso allarme|niente niente
ja: 大丈夫です|失礼しました|(忘れて|気にしないで)ください|勘違い|結構です
""",
    # busy looking or trying
    "tries": r"""
en: hang on|hold on|(one|a|1|just a) (sec|second|moment|min|minute)|(let me|lemme|i ll|will|gonna|going to|about to)
(try|check|have a|see|look|find|dig|get|test|think|grab|ask)|trying|try (it|that|this)|let s see|we ll see|brb|looking
for it
de: moment*|sekunde|augenblick|mal (sehen|schauen|gucken)|(probier|versuch|test|schau|guck|such|hol|teste|uberleg)e?
ich|ich (probier|versuch|test|schau|guck|such|hol|uberleg)*
fr: (un|une|1|2|deux) (instant|moment|seconde*|minute*)|attend(s|ez)|je (regarde|cherche|teste|essa[iy]e|verifie|vais
(voir|essayer|regarder|tester))|on (va voir|verra)|a voir
es: (un|1) (moment*|segundo|minuto|rato)|espera*|a ver|(voy|vamos) a (ver|probar|buscar|mirar|intentar|comprobar)|(lo|
la) (busco|miro|pruebo|reviso|intento)|dejame|ya veremos
pt: (um|so um) (momento|minuto|instante|segundo|bocadinho|minutinho)|pera*|espera*|(vou|vamos|deixa eu) (la )?(ver|
testar|tentar|procurar|buscar|experimentar|conferir)|ja (volto|vejo)
nl: moment*|ogenblik|wacht|(even|ff|eens) (kijken|zoeken|proberen|pakken|geduld|checken|wachten|zien)|ik (ga |zal )?(het
)?(even )?(probeer|kijk|zoek|proberen|kijken)|zo terug
it: (un|1) (attimo|momento|secondo|minuto)|aspett*|(ora|adesso|ci|lo|la|vado a|poi) (provo|guardo|cerco|verifico|
controllare|vedere|cercare)|provo|vediamo|vedremo
ja: (少々|ちょっと|少し)お?待|(探|試)してみ?(て|ます)|様子|調べてみ|見てみ|やってみ|今(見|調べ|探し|確認)
""",
    "but": r"""
en: but|however|except|although
de: aber|jedoch|allerdings|trotzdem|nur dass
fr: mais|sauf que|par contre|cependant|pourtant
es: pero|sin embargo|solo que|aunque
pt: mas|porem|so que|contudo
nl: maar|echter|alleen|toch
it: ma|pero|tuttavia|solo che|eppure
ja: でも|ですが|けど|けれど|しかし|のに
""",
    # phrases that only look like a complaint, a request or a question
    "harmless": r"""
en: (thanks|thank you|sorry) again|not (bad|a problem|urgent|to worry)|no (problem|worries|rush|hurry|need|more
questions|issues?)|without problems?|(can t|couldn t) (complain|wait|thank|be better)|don t worry|(didn t|never|did not)
(know|knew|realise|realize|notice|see) ~|(what|all|that) i (was|need*|want*)( after| looking for)?|how (kind|nice|
lovely|sweet)|what a (relief|star|legend)|(won t|don t|no) bother|(thanks|thank you) (anyway|all the same)|my (mistake|
fault|bad)|(ve|have) been (a|so|very|really|super) ~ help(ful)?|a (great|big|massive|huge) help
de: noch ?mals? (vielen )?danke?|danke (nochmals?|trotzdem)|(trotzdem|dennoch) (vielen )?danke?|nicht (schlecht|schlimm|
eilig)|keine? (problem|ding|thema|fragen|eile|stress|weiteren fragen)|(wusste|kannte) ich (noch |gar )?nicht|habe? ich
(noch |gar )?nicht (gewusst|gesehen|gefunden|bemerkt)|kann ich mit leben|damit (kann ich )?leben|dann nicht|wie (nett|
lieb|schon)|was ich (gesucht|gebraucht|wissen|brauch*|woll*|such*)( hab*| woll*| musste)?|mehr wollte ich nicht(
wissen)?|noch zeit
fr: (encore (un grand |mille )?)?merci (encore|quand meme|tout de meme)|(encore|quand meme) merci|pas (mal|grave|de
souci*|de probleme|besoin|d urgence|presse)|(ne )?(le )?savais pas|rien d autre|ne vous inquietez pas|quel soulagement|
ce que je (cherch*|voul*)|(ce|tout ce) qu il me fallait|ce dont j avais besoin
es: gracias (de nuevo|otra vez|igual*|de todas formas|de todos modos)|nada mas|no (pasa nada|hay (problema|prisa)|es
(nada|urgente))|no (lo )?sabia|sin (problema*|prisa)|no (importa|hace falta)|pues nada|lo que (buscaba|necesitaba|
queria)
pt: obrigad[oa] (novamente|de novo|mesmo assim|na mesma)|nao (ha|tem|faz) (problema|mal|pressa)|nao sabia|sem
(problema*|pressa|duvidas)|nada mais|nao precisa|era isso (mesmo )?que eu (queria|precisava)|o que (eu )?(procurava|
precisava|queria)
nl: (nogmaals|toch|maar) (hartelijk )?(bedankt|dank*)|(niet|geen) (erg|slecht|nodig|haast|probleem|vragen|zorgen)|wist
ik (nog )?niet|(niets|niks) meer|(laat|doe) maar|maar goed|wat een opluchting|wat ik (zocht|nodig had|wilde weten|wou
weten)
it: grazie (ancora|comunque|lo stesso|di nuovo)|(ancora|comunque) grazie|non (fa niente|importa|c e problema|c e fretta|
lo sapevo|sapevo)|(nessun*|senza) (problem*|fretta)|ni?ente altro|ma (certo|grazie)|non l avevo visto|quello che
(cercavo|volevo|mi serviva)
ja: 問題(は)?(あり)?(ません|な(い|く))|大丈夫です|知り?(ません|らな)\S{0,4}|気づ(か|き)\S{0,4}|(特に|
他に)(は)?(あり)?(ません|ない)|急いで(い)?ません|とんでもない|仕方(が)?ない
""",
    # two negatives: it will be done
    "surely": r"""
en: (won t|will not|ll not|not) (fail|forget|hesitate) to|without fail
de: (vergess*|versaum*) (ich|wir) nicht|nicht (vergessen|versaumen)
fr: ne ~ manque* pas (de|d)|manque\w+ pas (de|d)
es: no (dejar|dudar|olvidar|me olvid)* (de|en|lo)*
pt: nao (deix|esquec|vou deixar|vou esquecer|me esquec)* (de|disso)*
nl: niet (nalaten|vergeten)|vergeet ik niet
it: non (manch|dimentic|me ne dimentic)*
""",
    "not": r"""
en: not|t|dont|doesnt|didnt|cant|isnt|wont|never|no|nothing|nobody|cannot
de: nicht|net|nix|nichts|nie|kein*|niemand
fr: pas|plus|rien|jamais|aucun*|pa|ne
es: no|nunca|nada|ni|tampoco|ningun*|nadie
pt: nao|nunca|nada|n|nem|nenhum*|ninguem
nl: niet|nooit|geen|niks|niets|nie|niemand
it: non|mai|niente|nulla|nessun*|nn
""",
    # it does not work, a complaint, a threat, sarcasm
    "unhappy": r"""
any: wtf|[?][?]
en: still|oh (no$|dear)|<not> ~ (work*|help*|solv*|show*|appear*|load*|arriv*|open*|right|correct|acceptable|what i|my|
answer*|fix*|there|happen*|useful|enough|chang*|see|find|get|go|log|come|let|ask*|click)|fail*|broken|error|crash*|
stuck|useless|pointless|rubbish|crap|terrible|awful|horrible|worst|ridiculous|joke|disgrac*|disappoint*|unacceptable|
pathetic|shocking|appalling|nonsense|scam|unhelpful|frustrat*|angry|furious|annoy*|fed up|sick of|wast(e|ed|ing)|ruined|
soaked|lawyer|solicitor|court|ombudsman|complain*|chargeback|sue|elsewhere|competitor*|unbelievable|(same|another)
(problem|error|issue|thing|answer)|(it|that|this|happen*|down|out|there) again|wrong|for nothing|(just|
absolutely) (great|brilliant|wonderful|typical)|congratulations|
(another|whole) (day|week|month|hour)|(weeks|months|days|hours|
minutes) (without|of|now|ago|late|waiting)|(second|third|fourth|fifth|tenth) time|(one|1|zero) star|bad review|never
(again|using|buying)|no(body| one) (cares|answers|helps)|forget it|give up|gr[ea]y(ed)?( out)?|expired|empty|blank|(i|
we)( ve)? (already|just) (did|tried|said|told|have)|(told|said) ~ (last|already)|i said|you (won t|can t|re not|don t)|
money back|expensive|too (late|long|bad)|the problem(?! (is )?(solved|gone|fixed|resolved))|twice|(three|four|five|two)
times|makes no sense|dead|lose customers|an hour|understand any|(already|only|just|other) (used|expired|nine|wrong)|cold
comfort|do(es)? nothing|big help|nobody s (house|home)|no luck
de: immer noch|noch immer|weiterhin|<not> ~ (hilf*|geholfen|gelost|funktion*|klapp*|geh*|lauf*|auf|da|angezeigt|moglich|
akzeptabel|wahr|beantwortet|weiter| mein*|gefragt|was)|(geht|klappt|funktioniert|hilft|stimmt|lauft|kommt|ladt|passiert|
ist|sehe|finde|war|bringt|tut|nutzt|steht) ~ <not>|fehler*|kaputt|leer|(aus)?ge?grau*|grau|abge(sturzt|laufen)|*frech*|
unverschamt*|enttausch*|unmoglich|lacherlich|armutszeugnis|witz|sauerei|saftladen|schlecht*|katastroph*|zumutung|
nutzlos|arger*|wutend|sauer|unfassbar|unglaublich|anwalt*|verbraucher*|gericht|beschwer*|kundig*|konkurrenz|anzeige|
betrug|abzocke|(gleiche|selbe|dasselbe|derselbe)* (fehler|problem|meldung)?|(schon )?wieder (nicht|kaputt|weg|da|das|
ohne|kein*|ein*)|(fur|fur gar) nichts|na (toll|super|klasse|prima|danke|wunderbar)|glanzleistung|
seit ~ (tagen|wochen|monaten|
stunden)|zum *ten mal|vergessen sie|vergiss|nie wieder|noch (nicht|kein*)|leider|typisch|(verloren|umsonst)|ich (schon|
doch|bereits)|letzte woche|geld zuruck|steh* ich|springt|problem(?! (ist )?(gelost|behoben|weg|erledigt))|doppelt|
(dritte|zweite|vierte) mal|(versteh|kapier)* (ich )?(das )?nicht|keinen sinn|falsch|verliert|schon (benutzt|verwendet|
abgelaufen|verbraucht)|hilft (mir )?(wenig|null)|was nun|und jetzt|nicht ~ bestellt
fr: (toujours|tjrs|tjs)|<not> ~ (marche*|fonctionne*|aide*|resolu*|repond*|acceptable|normal|possible|vrai|recu|
affiche*|ouvre|charge|bouge|change| question|avance*|demande)|(marche|fonctionne|aide|avance|apparait|affiche|ouvre|
arrive|repond|vois|trouve|sert|y a|est) (toujours |encore )?(pas|rien|plus)|erreur|panne|bug*|bloque*|plante*|vide|
gris*|expire*|inadmissible|inacceptable|decu*|hont*|scandal*|nulle?|minable|ridicule|lamentable|catastroph*|inutile|
foutage|moque*|marre|avocat|justice|plainte|mediateur|consommateurs?|arnaque|resili*|concurren*|ailleurs|incroyable|
blague|gache*|perdu*|memes? (erreur|probleme|chose|message)|recommence|revient|encore (une|un|la|le|en|pareil|plus)|
merci pour (rien|cette|ce)|quel(le)? (efficacite|service|accueil|professionnalisme)|(super|genial|
parfait|vraiment) vraiment ~|felicitations|depuis ~ (jours|semaines|mois|heures)|*eme
fois|plus jamais|ben voyons|pareil|deja (fait|essaye|dit)|(semaine|fois) derniere|bah non|rembours*|(le|un) probleme(?!
est (resolu|regle))|(deux|trois|quatre) fois|comprends (rien|pas)|aucun sens|faux|perd|chez personne|(deja|bien)
(utilise|expire|servi)|me fait une belle jambe|je fais quoi|trop tard|rien a faire|impasse
es: sigue*|sigo|continua|todavia|aun|(otra|una) (semana|vez)|<not> ~ (funcion*|sirve|ayud*|resuel*|carga*|aparece*|
sale*|llega*|abre|deja|veo|encuentro|puedo|aceptable|normal|es| respond*|hay|cambia|va|esta|estaba|pregunt*)|error|
fall[oa]*|inaceptable|decepcion*|verguenza|inutil|ridicul*|tomadura|burla|estafa*|lamentable|pesim*|fatal|hart[oa]|
abogad*|consumo|consumidor|denunci*|demanda*|reclamacion|queja*|competencia|(darme )?de baja|cancelo|increible|chiste|
broma|mentira*|asco|en blanco|gris|bloquead*|caducad*|vencid*|mism[oa] (error|problema|cosa|mensaje)?|de nuevo|vuelve a|
por nada|(vaya|menud[oa]|valiente) ~|enhorabuena|felicidades|simplemente ~|(hace|llevo) ~ (dias|semanas|meses|
horas)|(tercera|segunda|cuarta|quinta) vez|nunca mas|hasta nunca|ya lo (probe|intente)|semana pasada|devuelv*|igual$|
tampoco|problema(?! (esta )?(resuelt|solucion))|(dos|tres|cuatro) veces|no entiendo|mal$|pierden|ni pies|(ya|esta)
(usado|utilizado)|de que me sirve|de diez oigan|que maravilla ~ sin|sin (patas|respuesta|solucion)|me lo dijeron|
callejon
pt: continua*|ainda|<not> ~ (funcion*|resolv*|ajud*|serve|aparec*|carreg*|cheg*|abre|deixa|vejo|encontr*|consigo|
aceitavel|normal|e|foi| respond*|tem|mud*|da|deu|vai|esta|entra|adianta*|sai)|erro|falha|inaceitavel|decepcion*|
vergonha|inutil|ridicul*|piada|palhacada|absurdo|burla|pessim*|horrivel|fart[oa]|cansad*|advogad*|procon|reclam*|deco|
denunci*|tribunal|concorrencia|cancelar|cancelo|inacreditavel|brincadeira|mentira*|lixo|descaso|cinz*|em branco|travad*|
expirad*|na mesma|mesm[oa] (erro|problema|coisa|mensagem)|(outra vez|de novo|novamente)|por nada|(bel[oa]|lindo)
(servico|atendimento)|simplesmente ~|mais uma (semana|vez)|(ha|faz) ~ (dias|semanas|meses|horas)|
(terceira|segunda|quarta|quinta) vez|nunca mais|pass[ae]r? bem|(ja|eu ja) (fiz|tentei|disse|falei)|semana passada|de
volta|so (tem|aparece|da|mostra)|problema(?! (foi )?resolv)|(duas|tres|quatro) vezes|nao entend*|nao faz sentido|
errad[oa]|perdem|(ja|foi) (foi )?(usado|utilizado)|de que adianta|e agora
nl: nog (steeds|altijd|niet|geen)|steeds|(weer|alsnog) (niet|een|kapot)|<not> ~ (werk*|lukt|geholpen|opgelost|doe*|open|
zien|mogelijk|acceptabel|normaal|waar|antwoord*|goed|binnen|mijn|verder|aan)|(werkt|lukt|helpt|doet|gaat|klopt|opent|
laadt|zie|vind|is|krijg|kan|staat|komt|reageert|heb|was|dat) ~ <not>|fout*|kapot|leeg|grijs|verlopen|vastgelopen|
belachelijk|teleurgesteld*|schandalig*|schande|waardeloos|nutteloos|slecht*|triest|bizar|ongelofelijk|absurd|zinloos|
boos|advocaat|geschil*|consumenten*|klacht*|rechter|aangifte|oplicht*|opzeg*|concurrent*|overstap*|aanfluiting|grap|
(het)?zelfde (fout|probleem|melding)?|alweer|voor (niets|niks)|nou (lekker|fijn|mooi|geweldig|bedankt|top)|(lekker|fijn|
mooi) (dan|geregeld|is dat)|gefeliciteerd|proficiat|(al|sinds) ~ (dagen|weken|maanden|uur)|(derde|tweede|vierde|
zoveelste) keer|nooit meer|helaas|heb ik al|springt|geld terug|(vorige|weer een) week|probleem(?! is (opgelost|weg))|
(twee|drie|vier) keer|(snap|begrijp) (er|ik|het) ~ (niet|niks)|slaat nergens op|raak je|betalen zeker|nog actief|sta* er
nog|maar eens$
it: ancora|continua*|sempre|<not> ~ (funzion*|risol*|aiut*|serve|appar*|caric*|arriv*|apr*|lascia|vedo|trovo|posso|
riesco|accettabile|normale|e| rispond*|cambi*|va|parte|clicca|mi|fa)|errore|guasto|inaccettabile|delus*|vergogn*|
inutil*|ridicol*|presa in giro|scandal*|pessim*|assurd*|stuf[oa]|avvocat*|consumator*|denunci*|tribunale|reclamo|disdi*|
concorrenz*|truffa*|incredibile|schifo|ladri|grigi[oa]|vuot[oa]|bloccat*|scadut[oa]|basta|addio|stess[oa] (errore|
problema|cosa|messaggio)|idem|di nuovo|(per|di) (niente|nulla)|bel servizio|davvero (fantastic*|ottim*|
perfett*|brav*)|(da|sono) ~ (giorni|settimane|mesi|ore)|(terza|seconda|quarta|quinta) volta|mai piu|ma niente|gia
(provato|detto)|settimana scorsa|altra settimana|(miei )?soldi|purtroppo|problema(?! (e )?risolt)|(due|tre|quattro)
volte|non (ci )?capisco|non ha senso|sbagliat[oa]|perdete|(gia) (usato|utilizzato|scadut*)|che me ne faccio|vicolo cieco
ja: 約束され|まだ|(動|直|届|開|繋が|つなが|行|聞|入れ|見つか|変わ|使え|進|出|消え|来)\S?(ません|ない|てい?ません|てない|
なかった)|でき(ません|ない|てい?ません|なくて)|表示(され|でき)(ません|ない)|何も|(だめ|無理|駄目)(です|でし|だ|$)|
解決\S{0,4}(ません|ない)|困(って|り|る)|同じ|最悪|ひどい|酷い|話にな|消費者|弁護士|訴え|解約|他社|くれーむ|詐欺|ふざけ|
いい加減|あきれ|呆れ|がっかり|二度と|もういい|(日|週間|時間|月|度|回)も|待たされ|さすが|立派な|素晴らしい(対応|
さーびす)|役に立|意味(が)?(な|わ)|違い?(ます|う)|じゃな(く|い)|無責任|怒|不満|ていません|えらー|灰色|期限切れ|先週|
相変わらず|もう試し|のですが|もう結構|他で|(二|三|四)回目?|見れません|結局|ずっと|分かりません|前にも
""",
    # how a question without its mark begins
    "wonders": r"""
en: (what|how|where|why|who|which|when|whose)(?! (a|an|nice|kind|lovely|sweet|i (get|m)|ever))|(can|could|will|would|
should|may|do|does|is|are|was|am|has|have|any|isn t|can t) (i|you|u|we|they|it|there|that|this|the|my|anyone|idea|
update|news)|did (i|you|u|we|they|the)|if (it|that|they|not)
de: (wie|was|wann|wo|wer|warum|wieso|weshalb|welche*|wohin|woher|wieviel)(?! (nett|lieb|schon))|(kann|konnen|konnte*|
darf|muss|soll|gibt|ist|sind|hat|habt|haben|geht|wird|brauch*|bekomm*|gilt|kostet) (ich|man|sie|du|ihr|es|s|das|die|der|
wir|mir|auch)|wenn (es|das|nicht)|jetzt$
fr: (comment|pourquoi|combien|quand|ou|quel*|qui|quoi|est ce|que)(?! soulagement)|(puis|peut|pouvez|pourriez|peux|avez|
faut|savez|dois|est|y a) (je|on|vous|tu|il|t)|(de |c est )(combien|quand|ou|quoi)|(vous )?pouvez ~|ca (prend|coute)|si
(ca|c|je)|maintenant$
es: (como|cuando|donde|adonde|cuant[oa]s?|cual*|quien*|por que|para que|en que|a que|el * cuanto)(?! lo)|(puedo|puede*|
podria*|tiene*|hay que|se puede|hace falta) ~|si (no|me)|ahora$
pt: (como|quando|onde|quant[oa]s?|qual|quais|quem|cade|por ?que|o que|em que|[oa] * quanto)|(posso|pode*|poderia|
consegue|da pra|tem como|preciso|devo|sera|tem) ~|se nao|agora$
nl: (hoe|wat|waar|wanneer|wie|waarom|welke|hoeveel|hoelang)(?! (lief|fijn|leuk|aardig))|(kan|kunt|kun|mag|moet|is|zijn|
heb|heeft|hebben|krijg|werkt|geldt|zit|kost|gaat|wordt) (ik|je|u|jullie|het|dat|er|die|de|we)|als (het|dat)|nu$
it: (come|quando|dove|quant[oaie]|qual[ei]*|chi|cosa|perche|che ora|[il]a? * quanto)(?! mai)|(posso|puo|potete|potrebbe|
si puo|devo|avete|bisogna) ~|se (non|poi)|adesso$
ja: (どこ|いつ|何時|何(?!も)|誰|だれ|いくら|なぜ|どう(?!も|ぞ|や)|どの|どれ|どちら|どんな|なんで|いくつ)|(です|ます|
でしょう|ません|の|かな)か(ね|な|$|。)|すれば$|.{2,}は$|もらえます|いただけます|いつ|今までの
""",
    # what may stand before a question
    "lead": r"""
en: and|so|but|oh|also|ok|okay|hi|hey|um|btw|by the way|just|well|thanks|great|yes|no
de: und|also|ok|ach|ah|oh|aber|hallo|ja|nein|danke|noch eins|na
fr: et|du coup|ok|ah|oh|bon|oui|non|sinon|merci
es: y|pero|ah|ok|vale|bueno|oiga|oye|hola|si|no|gracias
pt: e|mas|ah|ok|oi|ola|sim|nao|obrigad[oa]|ja agora
nl: en|maar|oh|ah|ok|oke|ja|nee|hoi|bedankt
it: e|ma|ah|ok|poi|si|no|grazie|scusi
""",
    # the visitor tells us to do something
    "orders": r"""
en: ^(and |then |so |ok |no |yes |oh |actually |just |please ){0,2}(make|change|swap|switch|add|put|cancel|book|reserve|
hold|keep|save|send|ship|refund|replace|remove|take|leave|go ahead|move|upgrade|deliver|call|ring|email|text|bring|pack|
throw in|mark|count|sign|charge|bill|check|try|fix|sort|do|order) (it|that|this|them|me|us|my|one|two|three|a|an|the|
both|
another|her|him|in|by|to|with)(?! (easy|then$|care))
de: ^(ja |dann |ok |gut |also |und |na |bitte ){0,3}(mach|tausch|nehm|leg|reservier|stornier|trag|buch|schick|send|pack|
leiste|stell|ander|streich|bestell|setz|liefer|bring|ruf|schreib|erstatt|verleg|verschieb|halt|notier|heb)(en|e|t)?
(sie|mir|uns|es|s|das|die|den|eine*|zwei|doch|mich|bitte|ruhig|beide)|^(lieber|doch|statt*|eher) ~|(umbuchen|umtauschen|
stornieren|reservieren|zurucklegen|zusenden|zuschicken)$
fr: (mettez|faites|changez|annulez|reservez|gardez|envoyez|ajoutez|enlevez|retirez|livrez|remboursez|prenez|notez|
appelez|decalez|modifiez|remplacez|commandez|laissez|passez|rajoutez|deplacez|comptez) (moi|nous|le|la|les|en|un|une|
plutot|deux|ca|mon|ma|mes|l|y|donc)
es: ^(bueno |ok |vale |si |y |pues |entonces |mejor |ah ){0,3}(pon|ponga*|cambi[ae]n?|reserv[ae]n?|apart[ae]n?|
guard[ae]n?|mand[ae]n?|envi[ae]n?|agreg[au]*e*n?|anad[ae]n?|quit[ae]n?|cancel[ae]n?|anul[ae]n?|dej[ae]n?|apunt[ae]n?|
anot[ae]n?|devuelv[ae]n?|reembols[ae]n?|manten*|haz|haga*n?|met[ae]n?)(me|nos|lo|la|los|las|melo|mela|le|una?)? (una?|
dos|el|la|los|las|mi|mejor|por|para|a|de|lo|otr[ao]|tambien|al)|(mandeme|ponme|pongame|cambiame|reserveme|reservame|
apuntame|apartame|guardame|guardeme|enviame|enviemelo|mandemelo|resuelvan|respondan|devuelvanme)*
pt: ^(boa |ok |entao |sim |ta |e |pode |ah |beleza ){0,3}(troc[ae]|mand[ae]|muda|mude|cancel[ae]|tir[ae]|reserv[ae]|
guard[ae]|separ[ae]|marc[ae]|bot[ae]|poe|ponha|coloc[aq]u*e*|acrescent[ae]|adicion[ae]|envi[ae]|devolv[ae]|reembols[ae]|
remarc[ae]|confirm[ae]|deixa|aument[ae]|faz|faca)m? (me|uma?|dois|duas|o|a|os|as|meu|minha|pra|para|isso|mais|por|ai|la|
ja|tambem|no|na)|(pode|podem) (marcar|mandar|trocar|cancelar|reservar|fazer|enviar|colocar|agendar|por|ser|confirmar)
nl: ^(en |dan |oke? |ja |nou |graag |doe |prima ){0,3}(leg|doe|zet|maak|reserveer|annuleer|stuur|wijzig|verander|boek|
noteer|bestel|hou|bewaar|breng|ruil|schrijf|geef|bel|mail|pak|haal|plan|stort|regel|verplaats|voeg) (er|het|hem|mij|me|
mn|mijn|ons|een|twee|die|dat|deze|ze|dan|maar|de)|(graag|liever) (een|twee|de|het|om|op|met|die|dan|voor)|^doe (er
)?maar
it: (fate|mett[aei]|metta|mettet[ei]|cambi|cambiat[ei]|mandat[ei]|tene|tenet[ei]|tenga|prenotat[ei]|prenoti|spostat[ei]|
sposti|aggiunget[ei]|aggiunga|annullat[ei]|annulli|spedit[ei]|togliet[ei]|tolga|segnat[ei]|segni|facciat[ei]|portat[ei]|
conservat[ei]|rimborsat[ei])(me|mi|la|lo|le|li|ne|ci|ce|mel[oa]){0,2}( (una?|due|il|la|lo|le|i|per|anche|mi|a|al|alle))|
(fatela|fatelo|fatene|fatemi|mettetela|mettetelo|mettetemi|cambiatela|cambiatelo|tenetemi|tenetemela|mandatela|
mandatelo|spostatela|prenotatemi|lasciatela|portatela)|(me|mi|ce) (ne |lo |la )?(mandi|metta|faccia|prenoti|tenga|porti|
spedisca|dia|cambi|segni)*|(annulli|cambi|prenoti|spedisca|mandi|tolga|metta|tenga|sposti|aggiunga) (l|il|la|lo|gli|le|
i|una?|due|anche|pure)
ja: (?<!よろしく)(?<!宜しく)お願い(し|いた|できますか$|。|$)|(して|って|んで|いて)(ください|下さい|ほしい|もらえ|くれ|
頂戴|ちょうだい)(?!ってありがと)|(に|へ)変(え|更し)て|で予約|(を|で)(取り置き|予約|きゃんせる|交換|返品|返金)(で|
を)?(お|し)|そうしてください
""",
    # the visitor asks for more
    "requests": r"""
en: (please|pls|plz) ~|(i|we) (also |still |just )?(need|want|would like|d like) ~|(send|tell|give|call|email|show|
refund) (me|us)|(can|could|would|will) (you|u)|wondering|(another|one more|last|quick) (question|thing)|i ll wait|let me
know|looking forward|asap
de: bitte (schick*|send*|geb*|ruf*|ander*|stornier*|tausch*|pruf*|sag*|noch|auch|um|den|die|das)|(schicken|senden|rufen|
geben|sagen|andern|stornieren|machen|erklaren|schreiben|melden) sie|(ich|wir) (brauche?n?|will|wollen|mochten?|hatten?
gern|warten?|erwarten?) ~|um (ruckruf|antwort)|dringend|(noch|andere|letzte) (eine )?frage|(konnen|konnten) sie
fr: (svp|s il (vous|te) plait|stp)|(envoyez|rappelez|dites|donnez|changez|annulez|expliquez|ecrivez)|(je|j) (veux|
voudrais|aimerais|ai besoin|souhaite|attends|exige) ~|(pouvez|pourriez) vous|me faut|des que possible|au plus vite|autre
question
es: (por favor|porfa*)|(envie|mande|llame|diga|cambie|cancele|explique)(me|nme)?|(quiero|necesito|quisiera|exijo) ~|
(puede|pueden|podria*|puedes) (cambi|envi|mand|dec|d|hac|revis|tambien)*|cuanto antes|otra (pregunta|cosa|duda)
pt: (por favor|pfv|pf)|(envie|mande|diga me|ligue|mude|cancele|troque|me (mand|lig|diz|explic|avis|envi)*)|(quero|
preciso|queria|aguardo|exijo) ~|(pode|podem|poderia) (mud|envi|mand|diz|faz|troc|tambem)*|o quanto antes|outra
(pergunta|coisa|duvida)
nl: (alsjeblieft|alstublieft|aub|svp)|(stuur|mail|bel|geef|zeg|wijzig|annuleer) (me|mij|het|hem|dan)|ik (wil|moet|wacht|
verwacht|zou) ~|(kunt|kun|kan) (u|je)|zo snel mogelijk|laat (het )?me weten|(andere|nog een) vraag
it: (per favore|per piacere)|(mandatemi|mi mandi|mi dica|ditemi|chiamatemi|mi chiami|cambiate|annullate|spiegatemi)|
(voglio|vorrei|rivoglio|ho bisogno|mi serv*|aspetto|attendo|pretendo) ~|puo (cambi|invi|mand|dir|far|anche)*|al piu
presto|quanto prima|altra domanda
ja: (送っ|教え|連絡し|電話し|変更し|返金し|交換し|説明し|確認し|直し|対応し|ご連絡|返事)(て)?\S{0,2}(ください|下さい|
ほしい|もらえ|いただけ|くれ|お願い)|お?待(ち|って)(して)?(い|お)(ます|り)|(変更|確認|返金|連絡|交換|発送|手配|対応|
送付)(を|も|で)?お願いし|したいです|至急|ほしい|もう(1|一|ひと)つ|質問
""",
    # the visitor hands something in
    "delivers": r"""
any: attachment|http*|www*|*@*|(\d\W?){6}|\d{4,}
en: (just )?(sent|attached|uploaded|submitted)|here (it is|you go|s|are)|see (attached|photo|screenshot)|my (number|
address|email|name|postcode) is
de: (geschickt|gesendet|hochgeladen|angehangt|anbei|im anhang|ausgefullt|eingereicht)|hier (ist|sind|bitte|die|das)|
mein(e|em)? (nummer|adresse|mail|name) ist
fr: (envoye*|ci joint|en piece jointe|voici|rempli)|voila (la|le|les|ma|mon)|(mon|ma) (numero|adresse|mail|nom)
es: (enviad*|mandad*|adjunt*|subid*)|aqui (esta|tiene|va|le)|ahi (va|le|tiene)|ya (lo|la|se lo) (mande|envie|subi)|mi
(numero|correo|nombre) es
pt: (enviad*|mandei|enviei|anex*|segue|carreguei)|aqui (esta|ta|vai)|(o )?meu (numero|email|nome) e
nl: (verstuurd|gestuurd|gemaild|bijgevoegd|bijlage|ingevuld)|hier (is|heb|heeft)|mijn (nummer|adres|naam) is
it: (inviat*|mandat*|allegat*|caricat*|eccol[oa]|ecco (il|la|qui)|compilat*)|il mio (numero|indirizzo|nome)
ja: (送|送信し|お送りし|送付し|提出し|記入し)り?ました|添付|あっぷろーど|(番号|住所|名前)は
""",
    # somebody real, as visitors ask for one
    "person": r"""
en: human*|person|people|agent|operator|representative|rep|manager|supervisor|someone|somebody|anyone|advis[eo]r|staff|
colleague|employee
de: mensch*|*mitarbeiter*|jemand*|*berater*|person|kolleg*|vorgesetzt*|chef*|ansprechpartner*
fr: quelqu un|conseiller*|personne|humain*|agent|responsable|operat*|interlocut*|technicien|collegue
es: persona*|human[oa]*|agente|alguien|asesor*|operador*|responsable|encargad*|ejecutiv*|representante|supervisor*|
gente|companer*
pt: pessoa*|human[oa]*|agente|alguem|atendente*|operador*|responsavel|gerente|supervisor*|gente|assistente|colega*
nl: *medewerk*|mens*|persoon|iemand|collega*|leidinggevende|adviseur|manager|chef
it: persona*|uman[oa]|operat*|qualcuno|responsabile|consulente|addett*|collega|tecnico
ja: 人|人間|担当者?|すたっふ|店員|係|責任者|上司|社員|専門家
""",
    # in the visitor's own words
    "wants_person": r"""
en: (speak|talk|chat|connect*|put|pass|transfer*|get|give|find|reach|want|need|prefer|have) ~ <person>|(real|actual|
live) (<person>|one|being)|<person> (please|pls)|call me( back)?|not a (bot|robot|machine)|^(<person>|live agent|
customer service)$
de: (sprech*|red*|schreib*|chat*|verbind*|durchstellen|hol*|haben|brauch*|will|mocht*|gib*) ~ <person>|<person> ~
(sprechen|reden|schreiben|chatten|bitte|verbunden)|(mit|an|zu) (einem|einer|nem|ner|jemand*|echten|richtigen) ~
<person>|mit <person> ~ (sprechen|reden)|(echte*|richtige*) <person>|ruckruf|rufe?n? (sie )?mich|kein* ~ (bot|roboter|
maschine)|^<person>$
fr: (parle*|discuter|ecrire|echanger|passez|passe|mettez|joindre|avoir|veux|voudrais|besoin|transfer*) ~ <person>|
(vraie?|reelle?) <person>|un humain|<person> (svp|s il|stp|humain*)|rappele*|appelez moi|pas (a |avec )?une? (robot|bot|
machine)|en chair|^<person>$
es: (habl*|chatear|escribir|comunic*|pas[ae]*|pong*|transfier*|conect*|quiero|necesito|quisiera|atienda) ~ <person>|
<person> (real|de verdad|de carne|por favor|porfa*)|carne y hueso|me llam(en|e)|llam(e|a|en)me|(robot|bot|maquina) no|
^<person>$
pt: (fal[aoe]*|conversar|pass[ae]*|transfer*|cham[ae]*|conect*|quero|preciso|queria|liga*) ~ <person>|<person> (real|de
verdade|a serio|por favor|pfv)|carne e osso|me ligu*em|liguem me|nao (com )?um (robo|bot)|^<person>$
nl: (spreken|praten|spreek|praat|chatten|verbind*|doorverbinden|krijgen|wil|geef|haal|liever|contact) ~ <person>|
<person> ~ (spreken|praten|graag|alsjeblieft|aub)|(echte?|levend*) <person>|bel (me|mij)|teruggebeld|(geen|niet met een)
(bot|robot|computer)|vlees en bloed|^<person>$
it: (parl*|scrivere|chattare|pass[aio]*|mett*|colleg*|vogli*|vorrei|contattare|avere) ~ <person>|<person> (ver[oa]|
reale|umano|per favore|per piacere)|in carne|un umano|chiamatemi|(mi )?richiam*|non (con )?un (robot|bot)|^<person>$
ja: おぺれーたー|(<person>)(の方|さん)?(と|に)(直接)?(話|繋|つな|代わ|変わ|相談|聞|お願い|対応|ちゃっと|替わ|連絡)|
(<person>|有人)(の方|の対応|対応)?(を|で)?(お願い|出し|呼ん|希望)|有人|(電話|折り返し)(を|して)?(ほしい|ください|下さい|
いただけ|もらえ|お願い|希望)|直接話|ぼっと(では|じゃ|と)な
""",
    # others of the company
    "team": r"""
en: <person>|<person>s|team*|department*|engineer*|developer*|technician*|account*|billing|finance|sales|warehouse|
logistics|stock control|maintenance|manager*|specialist*|expert*|management|headquarters|legal|(second|next) (line|
level)|tier (2|two)|supplier*|workshop|mechanic*|doctor*|nurse*|lab|admissions|facilities|housekeeping|kitchen|
reception|office|desk|(re)?turns people|crew|plumber*|electrician*|head of|boss|owner|support|it people|hr|colleague*|
(our|the) (it|lads|guys)|lettings|coach|caretaker|courier|depot|carrier|insurer|bookings|returns|clinic|branch|store|
fraud ~
de: <person>|*team*|*abteilung*|*techni*|buchhaltung*|vertrieb*|*entwickl*|*lager|logistik*|versand*|*verwaltung*|
hausmeister*|*bearbeit(er|ung)*|*leitung|*leiter*|filial*|*werkstatt|fachbereich|spezialist*|expert*|zentrale|
datenschutz*|*dienst|einkauf|lieferant*|hersteller*|rezeption|arzt*|praxis|sekretariat|*stelle|kuche|hausdame|
schreiner*|monteur*|handwerker*|support|redaktion|(frau|herr) *|(die|unsere) it|fahrer*|spediteur*|klempner*|
elektriker*|installateur*|kurier*
fr: <person>s?|*equipe*|services?|departement|*technique*|technicien*|compta*|commercia*|developpeur*|informatique|
entrepot|logistique|expedition|maintenance|responsable*|direct*|specialiste*|expert*|siege|juridique|fournisseur*|
atelier|mecanicien*|medecin*|docteur|infirmier*|secretariat|gestionnaire*|opticien*|audioprothesiste|gouvernante|
magasin|labo*|agence|sav|syndic|plombier*|cuisine|chef*|collegues|conseillers|(mme|monsieur) *|cellule|pole|chauffeur|
livreur|transporteur|bureau|electricien*
es: <person>|equipo*|departamento*|area|tecnic*|contabilidad|facturacion|ventas|comercial*|desarroll*|ingenier*|
informatica|almacen|bodega|logistica|mantenimiento|geren*|jef[ae]|especialista*|expert*|central|juridico|legal|
proveedor*|taller|mecanico*|medic[oa]|doctor*|enfermer*|secretaria|recepcion|administracion|cobros|audiologia|sistemas|
soporte|tesoreria|cocina*|cocheras|limpieza|direccion|responsables|segundo nivel|fontanero*|senor*|transportista|
mensajeria|paqueteria|electricista*
pt: <person>|equip[ae]*|time|setor*|departamento*|area|tecnic*|contabilidade|fatura(cao|mento)|financeiro|vendas|
comercial|desenvolv*|engenhe*|informatica|armazem|estoque|logistica|manutencao|gerencia|chefe*|especialista*|juridico|
fornecedor*|oficina|mecanico*|medic[oa]|doutor*|enfermeir*|secretaria|recepcao|administracao|audiologia|suporte|ti|
cobranca|cozinha|limpeza|coordena*|direcao|segundo nivel|encanador*|canalizador*|senhor*|dona|pessoal|transportadora|
entregador|eletricista*
nl: <person>|*team|*afdeling*|*technic*|*technisch*|*dienst|juridisch*|zaken|*monteur*|boekhouding|administratie|
verkoop|ontwikkel*|magazijn|logistiek|onderhoud|chef*|specialist*|expert*|hoofdkantoor|leverancier*|werkplaats|arts|
dokter|secretariaat|receptie|balie|audicien|schoonmaak|beheer*|opticien|support|tweede lijn|keuken|kantoor|directie|
inkoop|fabrika*|planning|huismeester|loodgieter*|mevrouw *|meneer *|ict|it|vervoerder|bezorger|chauffeur|conducteur|
elektricien*
it: <person>|colleg*|team|reparto|uffici[o]?|dipartimento|tecnic*|contabilita|fatturazione|vendite|commerciale|svilupp*|
ingegner*|informatic*|magazzin*|logistica|manutenzione|responsabili|direttore|direzione|capo|specialist*|espert*|sede|
legale|fornitore|officina|meccanico|medic[oa]|dottor*|segreteria|reception|amministrazione|audioprotesista|governante|
assistenza|secondo livello|cucina|laboratorio|produttore|titolare|idraulico|signora *|corriere|autista|custode|
elettricista
ja: 担当(者|の者|部署|部門|ちーむ|すたっふ)?|部署|部門|(技術|開発|専門|営業|法務|経理|総務|管理|人事|保守|配送|物流|
品質|設備|清掃|倉庫|修理|工場|編集|審査)(部|課|ちーむ|係|局|室|部門)?(の者|の担当)?|本社|店舗|ちーむ|上席|上司|責任者|
店長|係の者|別の者|先生|すたっふ|専門の|めーかー|仕入先|業者|えんじにあ|同僚|院長|医師
""",
    # a time to come
    "later": r"""
en: today|tonight|tomorrow|this (morning|afternoon|evening|week)|next week|later|(by|before|until|on) (the )?(*day|noon|
close|end|lunch|weekend|tomorrow)|shortly|soon|within|in (a|the next|an|one|two|\d*) ~ (minute|hour|day|week|bit|
while)s?|asap|first thing|once (i|we|they|he|she)|when (i|we|they|he|she)
de: heute|morgen|nachher|spater|bald|in kurze|zeitnah|schnellstmoglich|umgehend|*mittag|abend|bis (zum )?(*tag|morgen|
ende)|am *tag|innerhalb|im laufe|sobald|spatestens|(diese|kommende|nachste) woche|in ~ (minuten|stunden|tagen)
fr: aujourd hui|demain|ce (soir|matin|midi)|cet apres midi|(cette|la) semaine|(dans|avant|d ici) (la|le|l|une|ce|midi|
*di)|d ici|sous \d+|bientot|rapidement|au plus (vite|tard)|des que|quand (j|nous|on|elle|il)*|plus tard|(lundi|mardi|
mercredi|jeudi|vendredi|samedi)|une fois que
es: hoy|manana|esta (tarde|noche|semana)|por la tarde|ahorita|luego|mas tarde|pronto|en breve|antes del?|el (lunes|
martes|miercoles|jueves|viernes|sabado)|en cuanto|apenas|(en|dentro de) ~ (horas|dias|minutos)|en las proximas|a la
brevedad|proxima semana|cuanto antes
pt: hoje|amanha|mais (tarde|logo)|em breve|(a|de|da|esta) (tarde|noite|manha|semana)|ate (o|ao|a|as|amanha|sexta|
segunda)|antes d[eoa]|na (segunda|terca|quarta|quinta|sexta)|assim que|logo que|(em|dentro de) ~ (horas|dias|minutos|
uteis)|nas proximas|no decorrer|o (quanto antes|mais rapido)
nl: vandaag|morgen*|vanavond|vanmiddag|straks|zo ?meteen|later|binnenkort|spoedig|uiterlijk|voor (de|het|eind|vanavond|
*dag)|(op|komende|volgende|deze) (*dag|week)|(maan|dins|woens|donder|vrij|zater)dag|zodra|binnen ~ (uur|dagen|
werkdagen)|over ~ (uur|minuten)|in de (loop|komende)|zo snel mogelijk
it: oggi|domani|domattina|stasera|piu tardi|presto|a breve|in (giornata|mattinata|serata|settimana)|nel pomeriggio|
entro|(lunedi|martedi|mercoledi|giovedi|venerdi|sabato)|(non )?appena(?! \w+to)|(tra|fra|nel giro di) ~|nelle prossime|
quanto prima|prima di|settimana prossima
ja: (本日|今日|今週|日)中|明日|明朝|後日|翌|夕方|今(晩|夜)|午後|来週|週明け|以内に|までに|次第|(後|のち)ほど|追って|
改めて|あらためて|近日|折り返|(月|火|水|木|金|土|日)曜|数日|まもなく|(分|時間|日)後|ましたら
""",
    # what we do for a visitor, in the present tense
    "do": r"""
en: check|ask|find out|confirm|verify|speak|talk|look|investigate|clarify|consult|discuss|chase|run (it|this|that)|see
(if|what|whether)
de: meld*|ruf*|kummer*|klar*|*pruf*|schau*|guck*|frag*|hak*|leit*|erledig*|veranlass*|besprech*|kontaktier*|bearbeit*|
besorg*|korrigier*|informier*|benachrichtig*|erstatt*|schick*|send*|mail*|schreib*|such*|sprech*|telefonier*|regel*|
organisier*|verschick*|versuch*|buch*|stornier*|ersetz*|bring*|vereinbar*|beantrag*|reservier*
fr: revien*|recontact*|rappel*|contact*|tien*|tenons|ecri*|envo[iy]*|inform*|prev[ei]*|averti*|appel*|transmet*|verifi*|
regard*|renseign*|occup*|charge*|demand*|cherch*|relanc*|consult*|remont*|trait*|prepar*|confirm*|redis|dis|fai[st] (un|
suivre|remonter|parvenir|le)|note*|signal*|penche*|corrig*|annul*|rembours*|modifi*|command*|organis*|repar*|tent*
es: contact*|avis*|escrib*|llam*|inform*|confirm*|marco|mando|mandamos|envi[oa]*|respond*|digo|decimos|cuento|comunic*|
notific*|busc*|revis*|consult*|verific*|compruebo|averigu*|pregunt*|miro|gestion[oa]*|tramit*|solicit*|resuelv*|devolv*|
devuelv*|ocup*|encarg*|corrij*|cancel[oa]|reserv[oa]|prepar[oa]|reembols[oa]|agend[oa]|paso|pasamos|hacemos|pido|hablo|
reclam*
pt: contact*|lig[oa]*|retorn*|avis[oa]*|mand[oa]*|envi[oa]*|respond*|escrev*|dig[oa]|falo|verific*|confirm*|pergunt*|
consult*|inform*|vejo|trat[oa]*|resolv*|averigu*|peco|cham[oa]|dou|damos|corrij*|cancel[oa]|troc[oa]|reserv[oa]|
prepar[oa]|reembols[oa]|passo|passamos|peg[oa]|busc[oa]|cuid[oa]
nl: bel*|mail*|app|stuur*|stur*|kom*|neem*|nem*|laat|laten|vra[ag]*|zoek*|kijk*|check*|regel*|geef*|geven|schrijf*|hou*|
bespre*|overleg*|informeer*|onderzoek*|leg*|meld*|controleer*|pak*|bevestig*|reageer*|los*|stort*|wacht|loop*|haal*|
plan|verstuur*|annuleer*|corrigeer*|vervang*|boek|maak|zet|zorg*|bestel*|breng*|spreek*
it: faccio|facciamo|scriv*|mand[oi]*|invi[oa]*|chiam*|richiam*|ricontatt*|contatt*|aggiorn*|avvis*|rispond*|do|diamo|
conferm*|dico|diciamo|comunic*|inform*|chied[oi]*|verific*|controll*|sent[oi]*|guard[oi]*|provved*|sollecit*|sistem*|
parl[oi]*|preparo|cerc[oh]*|aspett*|occup*|pens[oi]*|corregg*|annull[oa]|cambi[oa]|prenot[oa]|rimbors[oa]|risolv*|
segnal[oi]
ja: (連絡|電話|めーる|返信|返事|回答|案内|知らせ|報告|お?送り|送付|発送|手配|確認|調査|対応|修正|交換|返金|検討|相談|
調整|再送|再発行|訂正|処理|問い合わせ|伺い|照会|依頼|お?伝え|修理|追跡|催促|申し送り)
""",
    # we undertake something
    "promise": r"""
en: (you re|you are) on (the|our|my) ~ list|(i|we) (ll |will )?need (a|one|some|until|another) ~ (day|hour|time|minute|
bit)s?|(i|we) (also |then |both )?(will|ll|shall)|^(will|shall|hoping to) ~|(<team>|they|he|she|who|<team> (from|in|at|
on|
and) \w+( \w+)?) (also )?(will|ll|shall)|(i|we|they|he|she|<team>( \w+)?) (am|m|are|re|is|s) (now |just |currently |
still |already |also )?(going to|gonna|chasing|looking|checking|asking|working|investigating|arranging|waiting (for|on)|
speaking|on (it|this|the|his|her|their)|calling|coming|contacting|sending|fixing|trying|getting|sorting)|you (will|ll)
(also |then )?(hear|be (contacted|called|notified|informed|updated))|you (will|ll|should) (have|get|receive) ~ (call|
answer|reply|response|update|<later>)|expect (a|an|to|my|our)|(get|getting|come|coming|pop|circle|report) back (to|with)
you|back to you (with|by|on|as|<later>)|be in touch|(give|drop|send) you ~ (call|ring|bell|line|<later>)|leave (it|this|
that) (with|to) (me|us)|(i|we|<team>|they) (do |just |still |first |ll |will )?(need|needs|have|has|must|got) (to
)?(first |just |quickly |double ){0,3}<do>|(let me|lemme) (just |quickly |first )?(?!know|explain|tell|guess|be|
introduce|assure)\w+|(will|ll|to) be (fixed|sorted|sent|refunded|processed|reviewed|checked|looked|corrected|replaced|
resolved|investigated|answered| repaired|dealt)|make sure|(is|are|s) (now |still |currently )?(being|under (review|
investigation)|in progress|in hand|pending)|as soon as (i|we|they|he|she|someone|the)|hear (back )?from (me|us|them)|on
my (list|desk|radar)|(ticket|case|incident|request) (is |has been |was )?(raised|opened|open|logged|created)|(goes|go|
going) out ~ <later>|(i|we) (d|would) need|<team> ~ (is|are|s) (meant|supposed|due) to|<team> (are|is) having a look|
callback list|bear with (me|us)|(hang|hold) on|(one|just a|a|half a|give me a|gimme a) (moment|sec|second|minute|min|mo|
tick)( please| while ~| whilst ~| and ~)?$|(won t|shan t) be (long|a (sec|minute|moment))|two (ticks|secs|minutes)|stay
(on|with)|give (me|us) (a|one|two|five|\d+) ~|consider it (done|sorted)|leave (that|it) (to|with) (me|us)|i owe you|
(that|this) s on (me|us)|you (ll|will) (have|get|find|see) ~ (in your (inbox|mail|account)|by|from (me|us))|(it|that|
they|one) (ll|will) be (with you|in your (inbox|mail)|on its way|there <later>)|someone (is going|has to|needs) to|
(have|get) (someone|somebody|one of|<team>) ~ (call|ring|email|look|get|contact|come|phone|check)|(i|we) (want|d like|
plan|intend|hope|promise|aim|am off|m off|are off) to ~|(is|s|are) (looking|working|checking|chasing|going to) ~|(it|
that|this) (has|needs|have) to (go|be|come) ~|(asking|checking|chasing|ringing|calling|sending|looking|emailing|
arranging) ~ (for you|now|today|with|up|it|this|that|them)|(sort|get|fix|send|have) (this|it|that|you|one|them) ~ (for
you|<later>|back|out|over)|<team>( \w+){0,3} (is|are|s) \w+ing|(i|we) (am|m|are|re) (just |now |currently |also |already
)?(?!clos|open|offer|look\w* forward|hop|be\b|assum|mov|experienc|hav|run|pass|forward|transferr|escalat|hand|
refer)\w+ing|(should|ought to) (hear|have|get|receive) ~ (<later>|back|from)
de: (ruckruf|warte)liste|(ich|wir) brauch* ~ (tage?|stunden?|zeit|minuten)|(ich|wir|<team>|er) ~ <do>|<do> (ich|wir|
sich|ihnen)|(ich|wir|<team>|er) ~ werden?|(<team>|er) ~ wird|werden? (ich|
wir)|(ich|wir|<team>|da|das) ~ muss* ~ <do>|(muss|mussen|soll) (ich|wir|das|da|erst|mein*) ~|(ich|wir) (geb*|gib|sag*|
lass*|nehm*|veranlasse) ~ (bescheid|ihnen|dir|zukommen|mit|wissen|gleich)|(geb*|gib|sag*|lass*) (ich|wir|ihnen|dir) ~|
(ihnen|dir|gleich|ich) bescheid|bescheid (geb*|sag*|sobald)|auf dem laufenden|(sie|du) (bekomm*|erhalt*|krieg*|hor*|
hab*) ~ (bescheid|nachricht|ruckmeldung|antwort|anruf|von (uns|mir)|<later>)|(bekomm*|erhalt*|hor*) (sie|du) ~
(bescheid|nachricht|ruckmeldung|antwort|von (uns|mir|der|dem)|<later>)|(ruckmeldung|antwort|nachricht|bescheid) (bis|
folgt|kommt|von|erfolgt|<later>)|ruckruf|rucksprache|auf (sie|dich) zu|(ich|wir) (bin|sind) ~ (dran|dabei)|(bin|sind)
(ich|wir|schon) (schon )?(dran|dabei)|^bin (dran|dabei)|arbeit* ~ dar?an|in (arbeit|bearbeitung|prufung|klarung)|liegt ~
(zur|zum|beim?|vor)|wird ~ (gepruft|bearbeitet|behoben|repariert|korrigiert|erstattet|ersetzt|nach*|erledigt|geklart|
weitergeleitet|verschickt| ausgetauscht)|sobald (ich|wir|<team>|er|die|der|das) ~|(geht|gehen) ~ <later> raus|<later>
raus|uberlassen sie ~ (mir|uns)|(ticket|fall|vorgang) ~ (aufgemacht|erstellt|eroffnet|angelegt|offen)|(kommt|geht) ~
<later> ~ (post*|raus|zu)|(ich|wir) erkundig*|(finden|finde) ~ raus|einer von uns|einer von unser*|wird gemacht|(einen|
kleinen|nen|kurzen)? ?(moment|augenblick)( mal)?( bitte)?$|(bleiben|bleib) (sie )?(kurz )?dran|(gedulden|gib|geben) ~
(sekunde|minute|moment|augenblick)*|man <do>|wird man ~|(wird|ist) erledigt|geht klar ~ <later>|(ist|lag|liegt|haben
sie|hast du|steht) ~ <later> (in|im|da|bei|fertig) ~|<later> (ist|liegt|haben|hast|steht|lag) ~ (in|im|da|fertig|bei|
auf)|(ich|wir) (?!hab|bin|sind|kann|konn|seh|versteh|empfehl|wunsch|dank|rat|erklar|helf|freu|find|glaub|denk|bitt|hoff|
war|wurd|mocht|darf|durf|woll|will|biet|entschuldig|bedauer|brauch|verkauf|hatt|fuhr|lieb|versend|liefer|offn|
schliess)\w+ (ihnen|dir|euch|es|das|ihre*|dein*|mal|gleich|sofort|noch) ~|(?!habe|hatte|konnte|sehe|mochte|darf|
empfehle|wunsche|rate)\w+e (ich|wir) (ihnen|dir|es|das|ihre*|mal|gleich|sofort|kurz|sie) ~|(nehm*|setz*|kumm*|bleib*)
(ich|wir) ~|drauf|auf meiner liste|vergess* (ich|wir) nicht|(ich|wir) (?!freu|bedank|entschuldig|wunder|irr|erinner|
verabschied)\w+ (mich|uns) ~|gehe?n? (ich |wir )?(dem|der sache) ~|wissen wir mehr|kriegen? (sie|du) ~|(sollten?|
durften?) (sie|du) ~ (horen|haben|bekommen|kriegen)|(ich|wir) warte* (noch )?auf ~
fr: liste (de rappel*|d attente)|(me|nous) faut ~ (jours?|heures?|temps|minutes?)|(je|j) *rai|(nous|on) (?!ouv|liv|offr|
entr|rentr|couv|souff|montr)*rons|on *ra|(je|j|nous) (vais|allons|dois|devons)
~|on (va|doit) ~|(elle|il|ils|elles|<team>) ~ (va|vont) ~|(elle|il|ils|elles|qui|<team>) (vous |l |la |le |lui |en |s en
|y ){0,3}\w{2,}(ra|ront)|(sera|seront) (refait|corrige|rembours|envoye|traite|verifie|regle|remplace|repare|fait|
recontact|rappele|expedie)*|(je|j|nous|on|<team>|elle|il|ils) (ne )?(vous |te |lui |me |m |nous |le |la |les |leur |l |y
|en |s |se ){0,3}<do>|vous (aurez|recevrez|serez|allez) ~ (<later>|reponse|retour|nouvelles|appel|rappele*|contacte*|
mail)|(un retour|une reponse|un appel) ~ <later>|tenu*s? (au courant|informe*)|au (courant|jus)|en cours|(on|nous) (y|
en) (travaill|est|sommes)*|(faut|faudra) que (je|nous|j|on|ma|mon|le|la)|(attends|attendons|attente de) ~|des que (j|je|
nous|on|il|elle|c|la|le|l)*|laissez (moi|nous) (voir|verifier|regarder|demander|le temps)|(ticket|dossier|incident) (est
)?(ouvert|cree)|(ca|il|elle) (re)?part <later>|(je|on) (vous |te )?(vois|voit|fais signe|pose) ~|rappel <later>|note
pour un|(un|petit) (instant|moment)( s il vous plait)?$|(patientez|patienter) ~|ne quittez pas|(accordez|donnez|laissez)
(moi|nous) ~|je (reviens|suis a vous)|compt(ez|e) sur|(c est|soyez) (comme si|sans crainte|sur)|je (gere|m y mets|m en|
prends|lance|fais le) ~|(un coup de (fil|telephone)|un (mail|message|sms|appel)) ~ (<later>|apres|quand|des)|(je|nous|
on) (vous|te|le|la|les|l|lui|leur) (le |la |les |l |en )?(?!souhait|remerci|recommand|conseil|ai\b|as\b|a\b|avons|invit|
propos|pri|assur|comprend|entend|vois|trouve|explique|felicit|suggere)\w+ ~|(aurez|aura|ont|avez) (ca|cela|tout|le|la|
une|un) ~ <later>|(l|la|le|les) (examine*|etudie*|regarde*|traite*|gere*)|(aurons|saurons) ~|(devriez|devrais|allez|vas)
(avoir|recevoir) ~
es: lista de (llamad|espera)*|(necesito|necesitamos) ~ (dia|hora|tiempo|minuto)*|(voy|vamos|va|van) a *|(?!extr|supr|
rem)\w+remos|(le|les|la|lo|te|se lo|me|nos|se|yo) *(are|ere|ire|dre|ara|era|ira|
dra|aran|eran|iran|dran)|(<team>|el|ella|ellos) (lo |la |le |se ){0,3}\w{1,}(ra|ran)( \w+)?|(le|les|te|os|lo|la|se lo|
me|nos|yo) <do>|<do> (en|con|al|a|lo|y|eso|de) ~|(quedo (pendiente|atent|en)*|quedamos en|me encargo|me ocupo|me
comprometo|nos (ocupamos|encargamos))|(tengo|tenemos|debo|hay|tiene) que (~ )?(consult|revis|verific|pregunt|comprob|
habl|ver|mir|confirm|averigu|autoriz|esper)*|(lo|la) tengo que ~|(estoy|estamos|estan|esta|seguimos|se esta) (revis|
trabaj|consult|investig|gestion|mir|viendo|esper|tramit|verific|averigu|pendiente)*|en (revision|tramite|proceso|
gestion)|(pendiente|a la espera) de|(recibira|tendra|recibiras|tendras|sabra)s? ~ (<later>|noticias|respuesta)|<later>
(tendra|recibira)s? ~|(en cuanto|apenas|tan pronto|cuando) (lo |me |nos |la |le )?(sepa|tenga|haya|respond|confirm|
contest|llegue|vuelva|este|salga)* ~|(al tanto|informad*)|en contacto|(en|de) mis manos|(ticket|caso|reporte|incidencia)
~ (abiert[oa]|levantad[oa]|cread[oa])|chec(o|ar|amos|ando) ~|estan (chec|arregl|atend)*|pedi que|(un|deme un|dame un|
permitame un|espere un) (momento|momentito|segundo|minuto)( por favor)?$|permitame|(deme|dame|denos|dejeme|dejame|
dejenos) ~|en (seguida|un momento)|no cuelgue|ahora (mismo )?(lo|la|le|te) ~|(de|por) mi (cuenta|parte)|cuent[ea]n?
con*|(lo|la|los) (tiene|tienes|tendra|tendras) ~ (<later>|bandeja|correo|casa)|<later> ~ (lo|la|los|le) (tiene|tienes|
llega|tendra)*|dal[oe] por|(le|te|les|se (lo|la)) (lo |la )?(?!recom|sug|agradez|dese|rueg|recuerd|expli|entiend|asegur|
coment|felicit)\w{3,}(o|amos|emos|imos)|me pongo ~|ya (me|nos) ~ (con|en)|lo (dejo|apunto|anoto) ~|(tendra|tendras) (el|
la|su|tu|una?|los|las|lo)|lo (?!mism|buen|mal|unic|ultim|sient|lament|contrari|primer|entiend|cre|recuerd)\w{3,}o|
(estoy|estamos) \w+ndo|(deberia|debe|tendria) (de )?(tener|recibir) ~|^(ya )?(busco|miro|reviso|llamo|pregunto|aviso|
mando|consulto|verifico) (el|la|lo|a|en|con) ~
pt: lista de (retorno|espera)|(preciso|precisamos) (de )?(um|uns|dois|alguns|mais) ~|(vou|vamos|vai|vao|iremos|
irei) (lhe |te |so |ja |ter de |ver ){0,3}\w{2,}r|(?!alter|esper|oper|lider|super|
consider|ger)*(arei|erei|irei|remos)|(lhe|te|ela|ele|eles|elas|a gente|eu|ja|nos|voce|<team>) (lhe |te |ja |so
){0,3}<do>|<do> (lhe|te|o|a|os|na|no|com|isso|disso|as|aos?|pelo)|(pergunto|verifico|confirmo|retorn(o|amos)|tratamos|
mando|aviso) ~|entr[aeo]* em contac*|em contac*to com|(dou|damos|dar|fico de|ficamos de|deix[ae] comigo|pode deixar)|
(tenho|temos|preciso|precisamos|devo) (de |que )?(verific|consult|confirm|check|pergunt|fal|ver|analis|ped|esper)*|
(estou|estamos|esta|estao) (a |sendo )?((verific|analis|trabalh|trat|investig|aguard|consult|apur|olh|esper)a?(ndo|r|
d[oa])|ver|vendo|resolver| resolvendo|espera)|(em|sob) (analise|andamento|tratamento|verificacao)|(recebe*|tera|vai ter)
~ (<later>|resposta|contac*|retorno|noticias)|<later> (recebe|tera) ~|(assim que|logo que|quando) (eu |a |o |me |ela |
ele )?(houver|tiver|soub|cheg|respond|confirm|estiver|sair|volt|\w+ cheg)* ~|informad[oa]|(sera|serao) (corrig|envi|
reembols|analis|resolv|repar|process|trat|estorn)*|a espera d*|aguard(o|amos) (a|o|resposta|retorno)|(chamado|ticket|
caso|protocolo) (foi )?abert[oa]|sai <later>|vou me *|sera (contac|avis|inform)*|esta(o)? (sabendo|ciente)*|(so )?(um|me
da um) (momento|instante|minuto|minutinho|momentinho|segundo)( por favor)?$|aguard[ea] ~|(deixa|deixe) (eu|me|comigo) ~|
me (da|de) (um|uns|so) ~|ja (ja|volto|te|lhe)|(por|da) minha (conta|parte)|(conte|conta) com*|(e com a gente|e conosco)|
(lhe|te|lho) (?!agradec|desej|recomend|suger|lembr|explic|ajud|entend|garant)\w{3,}(o|mos)|<later> (ja )?(estara|tera|
recebe|cai|chega|esta) ~ (email|caixa|conta|pronto|correio)|(pode|podes) (contar|ficar (tranquil|descansad)*) ~|(?!abri|
fech|funcion|atend|entreg|est|tem)\w+[aei]mos ~ <later>|(estou|estamos|to) (a \w+r|\w+ndo)|faco (chegar|seguir|isso|ja|
o)|(saberemos|sabemos mais)|eu (aviso|vejo|mando|ligo|falo|resolvo)|(deve|deveria) (ter|receber) ~|*rao em contato|
entrarao ~
nl: (terugbel|wacht)lijst|(ik|we) (heb|hebben) ~ (dag|uur|dagen|tijd|week) ~ nodig|(ik|we|wij|ze|zij|hij|iemand|
<team>) (zal|zullen|gaat|gaan|ga) ~|(zal|zullen|ga|gaan|moet|moeten) (ik|we|wij) ~|(ik|
we|wij|dat) (moet|moeten)(?! (u|je)) ~|(ik|we|wij|ze|zij|die|hij|iemand|<team>) ~ <do> ~ (terug|op|uit|na|door|je|u|uw|
jou|contact|weten|over|af|het|dat|dit|hoogte|aan|voor|<later>)|(ik|we|wij|iemand|<team>) <do> (je|u|het|dat|op|weten|er|
uit|na|<later>)*|(en|dan) <do> (je|u)|<do> (ik|we|wij|je|u|ze) ~ (mail*|app*|bel*|terug|uit|na|contact|van|weten|u|je|
het|dat|bericht|<later>)|(je|u|jullie) (hoor*|krijg*|ontvang*|wordt) ~ (van|bericht|antwoord|reactie|telefoontje|
mailtje|gebeld|gemaild|teruggebeld|<later>)|(hoor|krijg|heeft|hoort) (je|u) ~ (van (me|mij|ons|hem|haar)|<later>|mail)|
<later> (heeft|heb|krijgt|krijg) (u|je) ~|op de hoogte|terug(bel|gebel)*|(wordt|worden) ~ (nagekeken|uitgezocht|
onderzocht|bekeken|gekeken|opgelost|gemaakt|gerepareerd|behandeld|verwerkt|teruggestort| vervangen|nagestuurd|gebeld|
geregeld|gewerkt|opgepakt)|in (behandeling|onderzoek)|(er)?mee bezig|zodra (ik|we|wij|ze|het|de|hij|er) ~|laat ~ aan
(mij|ons) over|(navragen|uitzoeken|nagaan|nakijken)|achter ~ aan|(ticket|melding) ~ (gemaakt|aangemaakt|open)|geef me ~
(dag|uur|moment)|<do> (je|u) ~ (appje|mailtje|belletje)|op mijn lijst*|((een|één|n) )?(moment|momentje|ogenblik|
ogenblikje)( alstublieft| geduld| a\.?u\.?b)?$|(blijf|blijft) ~ (lijn|hangen)|(even|heel even) (geduld|kijken|checken|
zoeken)|ben zo (bij|terug) ~|geef (me|mij|ons) ~|komt (goed|in orde|voor elkaar)|<later> (ligt|heb|heeft|zit|staat|is) ~
(in|klaar|op|bij|er) ~|krijgt? (je|u) (n|een|t|het|er|nog|dan|vandaag|van) ~|(ik|we|wij) (?!heb|ben|zijn|kan|kun|zie|
snap|begrijp|raad|wens|dank|denk|hoop|vind|geloof|sluit|adviseer|help|verkop|lever|was|wil|mag|verzend|bied|sta|hanteer|
reken|vrees|weet|verwacht|ontvang)\w+ (u|je|jou|het|dat|dit|hem|ze|uw|jouw|er|even|meteen|direct) ~|daar (ga|kom|zorg)
ik ~|(sein|seintje|belletje|appje|n app|mailtje)|(u|je) (heeft|hebt|heb) ~ <later>|weten we meer|(zou|moet|zult) (u|je)
~ (horen|krijgen)|(u|je) (zou|zult|zal) ~ (horen|krijgen)|^(dan )?(ik|we) (kijk|zie|check|zoek) (wat|of|het|even|hoe) ~|
loopt via ~ <team>
it: lista (dei|di|d) (richiam|attesa)*|(mi|ci) serv* ~ (giorn|or[ae]|temp|minut)*|(?!estr|supr)\w+remo|(le|ti|la|vi|lo|
li|gli|glielo|mi|ci|si|ne|io) \w{2,}(ro|ra|ranno|remo)|(lui|lei|loro|<team>) ~
\w{3,}(ra|ranno)|(*ranno|sara|saranno) ~|(le|ti|la|vi|lo|gliel*|ce|me|ci|ne|poi) (ne |le |ti |faremo )?<do>|<do> (in|al|
alla|subito|sapere|io|con|il|la|lo|a|noi|un) ~|(ne )?(devo|dobbiamo|deve) (prima |ancora |solo )?(chied|verific|
controll|sent|conferm|parl|consult|ved|autorizz|aspett|valut)* ~|(sto|stiamo|sta|stanno) *ndo|(in|fase di) (corso|
lavorazione|verifica|attesa|carico)|(ricevera|avra|sentira|riceverai|avrai) ~ (<later>|notizie|risposta)|(entro|domani|
<later>) (avra|ricevera) ~|(me|ce) ne occup*|lasci fare|(non )?appena (so|ho|abbiamo|mi|ci|arriva|possibile|torna|avro|
e|sara|il|la) ~|aggiornat*|<later> <do>|(<team>|passa) (passa )?<later>|(ticket|segnalazione|pratica) ~ (apert[oa]|
inoltrat[oa])|<later> ~ (viene|vengono|passa|arriva qualcuno)|vediamo di ~|(aspettiamo|attendiamo) ~|(un|solo un|mi dia
un|mi dai un) (attim*|momento|momentino|secondo|minuto)( per favore)?$|(attenda|aspetti|pazienti|resti) (in linea|un|
solo)*|mi (dia|lasci|faccia) (?!sapere)~|arrivo subito|(ci|me ne|ne) (penso|pensiamo|occupo|occupiamo|incarico)|(conti|
conta) su|(te|ti|le|gliel\w|ve|me) (la |lo |le |li |ne )?(?!consigl|ricord|ringrazi|augur|salut|sugger|capisc|spieg|
assicur)\w{3,}(o|iamo)|<later> (trova|avra|ha|riceve|arriva) ~ (mail|posta|casa|casella)|ci (metto|mettiamo|lavoro|
lavoriamo) ~|mi (attivo|informo|metto|muovo)|(dovrebbe|dovresti) (avere|ricevere|sentire) ~|(vedo|vediamo|guardo) (cosa|
se|di|un) ~
ja: 向かわせ|<do>(を|に|で|が|して|の上|のうえ|から|を行|を進め|おきを?|作業を?)?(させて|差し上げ|いたし|致し|し|入れ|
申し上げ|
まいり|しており|しておき|して|とり|取り|かけ|おかけし|え|入り|行き|って|っており|えし)?(いただき)?(ます|ております|
ていただきます|てまいります|てみます|ておきます|あげます)(?!か)|お(知らせ|伝え|送り|電話|返し|調べ)(いた)?(し)?ます|
(聞い|調べ|見|探し|確かめ|伺っ|相談し|頼ん|送っ|待っ)て(み|まいり|おき|おり|き|から|、)|折り返(し|します)|お?返事(に|は|
を|でき)|(確認|調査|検討|手続|協議|手配|審査|対応)(中|を行って|を進め)|時間を?(いただ|ください|頂)|預かって|(わか|分か|
判明|確認|決ま|届き|入荷|入り|完了|準備|でき|戻|結果)\S{0,6}次第|お任せ|(電話|連絡|めーる|返信|案内|回答)(が|
は)\S{0,3}(あり|行き|まいり|届き|入り)|(までに|以内に|中に|明日|ほど|追って|改めて|来週|朝)\S{0,20}(し|いたし|行き|伺い|
まいり)ます|持ち帰|(連絡|電話)が入|郵送(いた)?します|(少々|しばらく|少し|今しばらく|もう少し)お(待|時間)|
(?<!願い)(?<!礼)(?<!待ち)(?<!案内)(?<!恐れ入り)(いたします|させていただきます|ておきます|てみます|てまいります|
申し上げます)(ので|ね|から)?$|(し|って|いて|え|べ|け)ときます(ね)?$|責任を?持って|必ず\S{0,15}ます|(確認|相談|聞か|調べ|
問い合わせ)(し|せ)?(ない|なければ)(と|いけ|なり)|(<team>)(が|も)\S{0,6}(見る|確認|判断|対応|連絡|電話)|確認(が|を)必要|
ご?連絡がある|(から|より)(めーる|連絡|電話|ご?案内)\S{0,3}(届|入|行)
""",
    # a promise for this very moment
    "look": r"""
en: (i|we) (ll|will|am|m|are|re) (just |quickly |now |currently )?(check|look|see|pull|verify|search|find)*|let me|bear
with (me|us)|(hang|hold) on|(one|just a|a|half a|give me a|gimme a) (moment|sec|second|minute|min|mo|tick)(
please| while ~| whilst ~| and ~)?$|(won t|shan t) be (long|a (sec|minute|moment))|two (ticks|secs|minutes)|stay (on|
with)|give (me|us) (a|one|two|five|\d+) ~
de: (ich|wir) (schau|guck|pruf|seh|such)*|(schau|guck|pruf|seh)e?n? (ich|wir)|(einen|kleinen|nen|kurzen)? ?(moment|
augenblick)( mal)?( bitte)?$|(bleiben|bleib) (sie )?(kurz )?dran|(gedulden|gib|geben) ~ (sekunde|minute|moment|
augenblick)*
fr: (je|nous) (regarde|verifi|consult|cherche|vais (voir|regarder|verifier))*|(un|petit) (instant|moment)( s il vous
plait)?$|(patientez|patienter) ~|ne quittez pas|(accordez|donnez|laissez) (moi|nous) ~|je (reviens|suis a vous)
es: (lo|la|voy a|dejeme|estoy) (revis|mir|consult|comp|verific|busc)*|(un|deme un|dame un|permitame un|espere un)
(momento|momentito|segundo|minuto)( por favor)?$|permitame|(deme|dame|denos|dejeme|dejame|dejenos) ~|en (seguida|un
momento)|no cuelgue|ahora (mismo )?(lo|la|le|te) ~
pt: (vou|deixe me|deixa eu|estou a) (ver|verific|chec|consult|conferir|olhar|procur|confirm)*|(so )?(um|me da um)
(momento|instante|minuto|minutinho|momentinho|segundo)( por favor)?$|aguard[ea] ~|(deixa|deixe) (eu|me|comigo) ~|me (da|
de) (um|uns|so) ~|ja (ja|volto|te|lhe)
nl: (ik|we) (kijk|check|zoek|controleer|ga) ~|((een|één|n) )?(moment|momentje|ogenblik|ogenblikje)(
alstublieft| geduld| a\.?u\.?b)?$|(blijf|blijft) ~ (lijn|hangen)|(even|heel even) (geduld|kijken|checken|zoeken)|ben zo
(bij|terug) ~|geef (me|mij|ons) ~
it: (controllo|verifico|guardo|cerco|sto *ndo)|(un|solo un|mi dia un|mi dai un) (attim*|momento|momentino|secondo|
minuto)( per favore)?$|(attenda|aspetti|pazienti|resti) (in linea|un|solo)*|mi (dia|lasci|faccia) (?!sapere)~|arrivo
subito
ja: 確認(いた)?します|お?調べ(いた|しま)|確認中|お待ち|(少々|しばらく|少し|今しばらく|もう少し)お(待|時間)
""",
    # words that make a promise or another team none
    "undoes": r"""
en: (on|at) (the|our) (ground|first|second|third|top) ~|nobody|no ?one|no need|n t need|won t|(will|ll|shall|going to)
(not|never|only|always|automatically)|not necessary|(ll|will) (be (here|happy|glad|around|open|closed|closing|delighted|
able|there|delivered|free|sent automatically)|close|end|leave you|wait|stay|assume|say|see you|take it|let you go|
recommend|need (you|your)|be honest|require)|(you|u) (can|could|may|need|should|must|have to|ask|contact|speak|call|
email|write)(?! (expect|have|get|hear|receive))|(please|just|best to) (contact|call|email|write|ask|speak|go|visit)|
(looking|look)
forward|(i|we) (am|m|re|are) (sorry|afraid)|automatic*|arrive*|(can|could)(n t|not| t) ~ <hand>|booked
de: niemand|kein(e|en)? (anruf|ruckruf|ruckmeldung)|nicht (notig|notwendig|erforderlich|anrufen|zustandig|mehr)|^(bitte
|dann |einfach |am besten )?(?!krieg|bekomm|erhalt|hor)\w+en sie|(da |das )?(muss|konn)t?en sie|^(bitte |dann )?(wend|
meld|ruf|schreib|schick|frag|geh|schau)e? (dich|uns|bitte|einfach|dort|doch|mal|sie|am)|(sie|du) (konnen|kannst|konnten|
konntest|muss*|sollten|erreichen|finden)|(ich|wir) (freu|wunsch|bedank|schliess|beend|empfehl|helf|hoff|bitt|versend|
liefer)*|automatisch|vereinbart|ich ~ eben
fr: personne ne|inutile|pas (besoin|la peine|necessaire)|(?<!vous )(contact|appel|ecriv|envoy|demand|adress|voy|verifi|
regard|all|
pass|dit)(ez|es)|vous (pouvez|devez|devrez|pourrez|trouverez)|(je|nous) (vous )?(souhait|remerci|clotur|ferm|mets fin|
recommand|conseill|laisse|viens de|vais (clotur|ferm))*|automatique*|arriver(a|ont)|prevu*|(votre|vos|se) syndic
es: nadie|no (hace|es|necesit|tiene|hay|se|le|va|van)* ~|sin necesidad|(llame|escriba|contacte|envie|consulte|pregunte|
acuda|dirijase|revise|verifique|avise|mire|pida)(n?os)?|(puede|puedes|podra|debe|debera|(tiene|tendria|tendra) que)|(le|
te) (dese|agradec|recom|sugier)*|cerrar|cierro|automatic*|(llegara|llegaran|aparecera|reflejara|vera|encontrara|vence|
abrira)|eso lo (ve|lleva) su|acabo de|cita|agendad*
pt: ninguem|nao (e|precis|tem|vai|vao|se)* ~|(ligue|escreva|contacte|contate|envie|consulte|pergunte|procure|verifique|
avise|mande|fale|peca)|(pode|podes|podera|deve|tem de|tem que)(?! (deixar|ter|receber))|(encerr|fech|finaliz)ar|
automatic*|(chegara|
chega|aparece(ra)?|caira|encontrara?)|isso e com|(agradec|desej|recomend)*|agendad*|acabei
nl: niemand|(niet|geen) (nodig|meer|hoeft|gebeld|telefoontje|bericht)|hoeft|^(of |en |dan |graag |gerust |anders |maar
)?(bel|mail|stuur|schrijf|vraag|kijk|ga|neem|laat|geef|meld|leg) (uw|jouw|je|gerust|dan|ons|naar|me|mij|het (ons|bij)|
contact|een|bij|in|de)(?! (weten|terug))|(u|je) (kunt|kan|moet|mag)|kun(t)? (u|je)|(wens|sluit|hoop|dank|verzend)* (ik|
we|wij)|(ik|we|wij) (wens|sluit|hoop|dank|verzend)*|automatisch|gaat (via|uw|over)|heb u ~ net|ingepland
it: nessun*|non (serv|occorr|e|c|deve|ha|la|si|lo)* ~|senza (bisogno|dover)|(chiami|scriva|contatti|invii|chieda|
rivolga|controlli|verifichi|vada|guardi|mandi|avvisi)|(puo|puoi|potra|deve|devi|dovra)|(le|ti|vi) (augur|consigl|ricord|
ringrazi)*|chiud*|automatic*|(arrivera|vedra|apparira|trova)|la concede|se ne occupa (il|la) (suo|sua)|(le )?ho appena|
fissat*|(spediamo|siamo aperti)
ja: (不要|必要(は)?(あり|ござい)?ません|ございません|いりません|ありません|いたしません|しません)|(お(越し|申し付け|
試し|持ち|尋ね|たずね)|ご(連絡|確認|相談|利用|覧)|お(電話|問い合わせ))(に|を|して|なって)?(ください|下さい|いただけ|
いただき|ませ|なれ|できます)|自動|ちゃっとを(終了|閉じ)|お力に|可能です|できます|通常|先ほど|ご予約|になります$|
届きます|営業
""",
    # only if the visitor does something, or it happens again
    "condition": r"""
en: (if|should|unless|in case|provided|whenever) (you|your|u|it|that|this|anything|something|the (problem|issue|error)|
still|not|any)|(when|once|after|as soon as) (you|your|u|that s done|the (problem|issue|error))|as soon as (i|we) (get|
have|receive) (it|your|them|that|this|the (photo|form|document|picture|payment))|with that|next time|otherwise
de: (falls|sollten?|sofern) (es|das|dies)|(wenn|sobald|nachdem) (es|das|dies) ~ (nicht|wieder|weiter*|noch|problem*)|
(wenn|falls|sollten?|sobald|sofern|nachdem) (sie|du|ihr*|noch|etwas|was|weiter*|dein*|der fehler|das problem|nicht|(wir|
ich) (es|das foto|ihr*|die unterlagen))|bei (fragen|bedarf|weiteren)|ansonsten|dann (kann|konnen|bekomm*|erhalt*|
tausch*)
fr: si (ca|cela)|(quand|lorsque|des que|une fois que) (ca|cela) ~ (pas|recommence|reproduit|revient)|(si|quand|lorsque|
des que|une fois que|apres) (vous|votre|vos|tu|jamais|le (probleme|souci)|l erreur|besoin)|des (reception|que (je l|je
les|j ai (votre|vos|la photo|ca)|je recois|nous recevons))|en cas de|sinon|avec (ca|cela)
es: (si|cuando|una vez que|en cuanto|apenas) (usted|me |nos |lo )?(tiene|quiere|necesit|dese|vuelve|sigue|persist|no|hay
(alg|otr|un problema)*|surge|algo|ocurre|pasa|prefier|envi|mand|recib|pueda|ve| su)*|en caso de|de lo contrario|con
es[aeo]
pt: (se|caso|quando|assim que|logo que|depois de) (o senhor |a senhora |voce |nos |me )?(tiver (mais|algum|outr|duvida|
qualquer)*|quis|precis|desej|continu|persist|nao|ainda|acontec|prefer|envi|mand|voce|receb|surgir|algo|o (problema|
erro))*|em caso de|caso contrario|(com|sem) (ela|isso|isto)
nl: (indien|mocht*) (het|dat|er|dit)|(als|zodra|wanneer) (het|dat|er|dit) ~ (niet|nog|weer|toch|mis|opnieuw|problem*)|
(als|indien|zodra|wanneer|mocht*|nadat) (u|je|jij|uw|jouw|jullie|de fout|ik (hem|die|het|de foto|uw) ~ (heb|ontvang))|
bij vragen|anders|dan (kan|kunnen|ruilen|krijg*)
it: (se|qualora|quando|una volta|nel caso|appena) (lei |mi |ci |il problema |l errore |lo |la |ha |vuole |vuoi |non |
dovesse |serve |desidera |succede |continua |persiste |ancora |c e |per caso )(ricev*|*)?|(ci|mi) mandi ~|in caso di|
altrimenti|con (quell|quest)*
ja: (?<!分ほど)(?<!分)(?<!時間)(?<!時間を)(いただけ|頂け|もらえ|くださ|起き|なり|あり|ござい|でき(ない|
ません))\S{0,4}(ましたら|ば|たら|場合)|もし|ご不明|何か(ござ|あり|お困り)|(写真|画像|書類|番号)(を|が)\S{0,12}(次第|
たら|ば)
""",
    # to pass a case on
    "hand": r"""
en: pass*|forward*|hand(ed|ing)?|escalat*|rais(e|ed|ing)|report(ed|ing)?|log(ged)?|transfer*|assign*|send(ing)?|sent|
flag*|tell|told|inform*|notif*|submit*|refer(red)?|filed|ask(ed|ing)?|put*|left (a|it|word|this)|spoken?|contact(ed|
ing)?|alert*|connect*|get*|find*|fetch*|bring*|call(ing)?|add*|see who
de: weiter*|*meld*|uberg[ei]b*|ubermittel*|*informier*|eskalier*|beauftragt*|hinterl[ae]*|angelegt|vorgelegt|*gefragt|
verstandigt|*verbind*|leit*|geb*|gib*|gegeben|geschickt|geschrieben|hol*|ruf*|bescheid|zugewiesen
fr: transm*|transfer*|pass*|envoy*|remont*|signal*|confi*|remis*|*suivre|adress*|laiss*|escalad*|prevenu*|averti*|
inform*|saisi*|depos*|demand*|sollicit*|attribu*|met*|mis*|contact*|redirig*|enregistr*|relation|cherch*|appel*
es: pas[oaeé]*|transf*|deriv*|traslad*|remit*|reenvi*|escal*|envi*|avis*|report*|comuni*|dej[aeo]*|solicit*|notific*|
inform*|hable*|consult*|hice|hecho|abr*|abier*|levant*|asign*|mand*|puse|pedi*|canaliz*|turn*|conect*|pong*|busc*
pt: encaminh*|transf*|repass*|pass*|escal*|envi*|avis*|report*|comuni*|deix*|solicit*|notific*|inform*|fal(ei|o)|
consult*|abri*|abert*|direcion*|mand*|pedi*|acion*|regist*|sinaliz*|coloquei|conect*|cham*|liga*|busc*
nl: door*|ge?meld*|*neergelegd|uitgezet|uit|gevraagd|ingelicht|geinformeerd|overgedragen|aangemaakt|ge?escaleer*|
overlegd|voorgelegd|ingeschakeld|gemaild|leg|zet*|stuur*|geef*|speel|vraag*|verbind*|schakel*|ha[al]*|roep
it: inoltr*|trasfer*|pass[oa]*|gir[oa]*|segnal*|escal*|invi*|mand*|avvis*|lasci*|comunic*|informat*|apert*|sentit*|
sent[oi]*|chiest*|chied[oi]*|parlat*|affid*|assegn*|smist*|sottopo*|contatt*|mett*|cerc*|colleg*|chiam*
ja: 伝え|伝言|引き?継|回し|転送|申し送|共有|連携|報告|依頼|相談|渡し|上げ|つなぎ|繋ぎ|代わ|替わ|切り替
""",
    # it was, is or will be handed to others
    "other_team": r"""
en: send(ing)? (someone|somebody|<team>)|(am|m|are|re) (now )?(pass|forward|transferr|escalat|hand|referr)ing (this|it|
that|you|your)|
<hand> ~ <team>|(put (it|this|that|in)|a request) ~ <team>|<hand> (it|this|that|you|them|your ~|everything) (on|
over|up|along|through|to|with)|(been|is|was|gets|got|has|have) (now |already )?(passed|forwarded|escalated|transferred|
handed|raised|reported|logged|assigned)|(is|are|s|sits|now) (now |already |currently )?(with|in the hands of) (our |the
|my |a |another )?(\w+ ){0,3}<team>|<team> (have|has|ve|s) (it|this|that|your|been|the ~ case)|<team> ~ (is|are|re|s)
(already |now |currently )?(looking|working|checking|on (it|this)|aware|investigating|dealing|sorting|handling)|<team> ~
(look* (into|at)|tak(e|es) (it|this|over|care)|pick* (it|this) up)|a colleague ~|in (the )?queue|see who|escalated|gone
to (the|our) ~ <team>|(i|we)( ve| have)? (now |just |already |also |since )?(logged|raised|reported|flagged|passed|
escalated|forwarded|submitted|referred|lodged|opened)|(one|something|question|job|matter|thing|issue|bug) for (our |the
|my )?(\w+ ){0,2}<team>|(has|have|needs|need|goes|go) to (go )?(through|via|to|past) (our |the |my )?(\w+ ){0,2}<team>|
(caretaker|courier|driver|depot|store|branch|clinic|landlord|insurer|carrier) ~ (will|ll|is going|are going)|pass(ed|
ing)? ~ (to|on|along)|(our|my) (\w+ ){1,2}(wants|needs|has) (to|a) ~|(our|my) (\w+ ){1,2}(will|ll|is going to|is coming)
(?!(be|always|only|not|stay|take \w+ to|automatically|cost|last|start|open|close|end)\b)~|<team> ~ (will|ll) (?!(be|
always|only|not|never|stay|cost|start|open|close)\b)\w+ ~|popped ~ to ~|(put|got|have) you (down|in) for ~
de: schick* ~ (jemand*|<team>)|<hand> ~ <team>|<team> ~ (<hand>|dran|ist unterwegs|gesprochen|ubern*|bearbeite*|pruf*|
kummer*|schau*|schick*|ruf*|
kommt|kommen auf|sieht sich|sehen sich|hilft|antwortet|hat (es|das|den fall))|weiter(ge)?(leit|geb|gereicht|gegeben)*|
(leite*|geb*|gib*|reich*) ~ weiter|liegt ~ <team>|eskaliert|warteschlange|<team> ist informiert|die it|(habe?n?|hab s|
wurde|ist) ~ (gemeldet|weitergeleitet|weitergegeben|weitergereicht|eskaliert|eingereicht|angemeldet|beauftragt)|(das |
den ~ |die ~ )?(macht|machen|ubernimmt|ubernehmen|entscheidet|entscheiden|pruft|klart) (die|der|das|unser|unsere|mein|
meine|eine?) (\w+ ){0,2}<team>|(fur|etwas fur) (die|unser|unsere|den) (\w+ ){0,2}<team>|(unsere?|meine?) \w+ (kommt|
schaut|ruft|meldet|pruft|ubernimmt|kummert|will|muss|wird|geht|sieht) ~|will ~ <team> ~|<team> hat (ihre?n?|deine?n?|
die|den|das|es) ~|vorgemerkt
fr: <team> (fait|cherche|lance|mene|recherche) ~|<hand> ~ <team>|entre (les|leurs|ses) mains|aupres ~ <team>|(<team>|
leurs|ses) ~ (a (pris|votre|le dossier|ete)|ont
(pris|votre|le|ete)|mains|prevenu*|au courant|prend*|s en (occup|charge)*|regard*|travail*|etudi*|trait*|analys*|(vous|
l) (appel|rappel|contact|ecri|repond|recontact)*|penche*|arrive*)|(fais|fait|faire) (suivre|remonter)|(transmis|remonte|
escalade)e?s?|file d attente|est prevenu*|(ai|avons|est|a ete|viens (de|d)|venons de) ~ (transmis|signale|remonte|
suivre|escalade|soumis|relance)e?s?|(ouvert|ouvre|ouvrir|cree|cree un) (un|une) (dossier|ticket|enquete|litige|
reclamation|demande|incident)|(cellule|pole|brigade|bureau|direction|conducteur|chauffeur|livreur|gardien|instructeur) ~
(l |la |le |va |vous |vont )*|du ressort (de|du|des) ~|(notre|mon|ma|nos) \w+ (veut|va|doit|regarde|examine|s en|vous|
verifie|prend|passe|\w+(ra|ront)) ~
es: <hand> ~ <team>|<team> ~ ((lo|la|le|se) (llam|contact|comunic|escrib|revis|encarg|ocup|atiend|tiene|esta|pon)*|
revis*|atender*|(esta|estan) (revis|trabaj|vien|mir|al tanto)*|tiene* (el caso|su caso|la solicitud))|escalad[oa]|
derivad[oa]|van a (contactar|comunicar|llamar)|se van a ~|(con|manos d\w+) (\w+ ){0,2}<team>|en (la )?cola|(he|hemos|ha
sido|fue|queda|quedo) (ya )?(reportad|pasad|trasladad|derivad|escalad|remitid|canalizad|elevad|turnad|notificad)*|(ya
)?(lo|la|le|se lo|los) (reporte|pase|levante|turne|escale|eleve|derive|traslade|remiti|mande|comunique|avise)* (a|al|
con|para|en)?|abr(i|imos|iendo|o) (un|una|su) (caso|ticket|reporte|incidencia|reclam*|folio|expediente|parte)|es (cosa|
tema|asunto) (de|del) ~ <team>|(nuestr[oa]s?|mi) \w+ (\w+ra|quiere|va|tiene que|debe|revisa|pasa|viene|lo|la|le) ~|
<team> (ya )?tienen? (el|su|tu|la) ~|se (encarga|ocupa)n? ~|(le|lo|la|te) (anote|apunte|agende) (para|en)
pt: <team> (esta|estao) \w+ndo|<hand> ~ <team>|<team> ~ (((lhe|te|ja) )?(lig|contac|retorn|respond|trat|resolv|entr|
fal)*|(esta|estao) (a )?(ver|
analis|trat|verific|trabalh|olh)*|tem (o|a|seu|isso)|analis*|assum*|passam|atender*)|encaminh(ei|ad[oa]|o)|repass(ei|o)|
escal(ei|ad[oa])|(esta|ficou) (agora )?(com|nas maos) ~ <team>|elas? (ligam|vao|passam)|eles (ligam|vao|passam)|na fila|
(ja )?(reportei|encaminhei|repassei|escalei|registei|registrei|sinalizei|reencaminhei|notifiquei|remeti|acionei)|(abri|
abrimos|aberto|aberta|abrindo) (um|uma|o|a) ~ (chamado|ticket|caso|ocorrencia|reclamacao|processo|pedido|protocolo|
incidente)|passei (o|a|isto|isso|seu|sua|ja|para) ~|e (assunto|com|coisa) (d?[oa]|para|pra) (\w+ ){0,2}<team>|
(noss[oa]s?|minha|meu) \w+ (quer|vai|passa|tem que|deve|vem|liga|ve|precisa) ~|(fica|esta) com (a|o) (\w+ )?<team>|
(cuida|trata) disso
nl: <team> is ~ aan het|(sturen|stuur) (we |ik )?iemand|<hand> ~ <team>|<team> ~ (<hand>|neemt|nemen|belt|bellen|mailt|
pakt|pakken|kijkt|kijken|is (ermee|er mee|op de)|zijn
(ermee|bezig)|heeft (het|uw|je)|hebben (het|uw|je)|zoekt|komt (maandag|kijken|langs)|regelt|onderzoekt|behandelt|helpt)|
(stuur*|zet*|geef|geven|speel) ~ door|door(gestuurd|gezet|gegeven|verbonden)|ge?escaleerd|(?<!sleutel )(ligt|staat) (nu
|al ){0,3}(uit )?bij ~ <team>|ze (bellen|mailen|nemen|komen) ~|ik ha[al]* er ~ bij|wachtrij|(heb|hebben|is|wordt) ~
(gemeld|doorgegeven|doorgestuurd|neergelegd|uitgezet|doorgezet|aangekaart|voorgelegd|ingediend|doorgespeeld|
doorgemaild)|(iets|een|vraag|klus|geval) voor (de|onze|het|ons) (\w+ ){0,2}<team>|(onze|ons|mijn) \w+ (komt|wil|gaat|
moet|kijkt|belt|neemt|zal) ~|<team> heeft (uw|je|het|de) ~|<team> (regelt|doet|pakt|loopt) ~|genoteerd voor
it: <hand> ~ <team>|<team> ~ ((la|ti|lo|le) (richiam|ricontatt|contatt|chiam|scriv)*|ha (preso|in carico|il caso)|hanno
(preso|in carico)|ci (sta|stanno)|se ne occup*|prende* in|e al corrente|sono al corrente|passa)|inoltr(at)?[oa]|
segnalazione e ~|girat[oa]|escalat[oa]|in mano|nelle mani|(passeranno|chiameranno|sentira) ~|in coda|(ho|abbiamo|e
stat[oa]|viene|verra) (gia |subito |appena |tutto )?(segnalat|inoltrat|passat|girat|trasmess|sottopost|mandat|escalat)*|
(apert[oa]|apro|apriamo) (una|un|la|il) (segnalazione|pratica|ticket|reclamo|richiesta|caso)|e (competenza|compito|cosa)
(di|del|della|dei|dell) ~|(nostr[oaie]|mi[oa]) \w+ (passa|vuole|va|deve|viene|chiama|guarda|\w+(ra|ranno)) ~|<team> ~ ha
(la|il|le|i) (sua|suo|tua|tuo)|(messo|messa|inserit[oa]|segnat[oa]) in (lista|agenda|coda)
ja: (<team>)\S{0,10}(<hand>|送り|手配|対応|連絡|電話|折り返|調査|調べ|見て|行い|聞い|参り|まいり|お答え|回答|伺い|呼び|
預か)|引き?継ぎ|引き?継が|えすかれ|転送|申し送|おつなぎ|お繋ぎ|順番に|(共有|報告|申し送り|引き?継ぎ|連携|転送|上申|
えすかれーしょん)(を|は)?(いた|させて|し)?(し|いただき)?(ました|ます|ております|ています)|(案件|おたずね|お話|件)(は|
を)\S{0,8}(回|渡|上げ)|上に(上げ|報告|確認|相談)|(<team>)で(処理|対応|確認|手続)
""",
    # we come back with a result, or say that it is done
    "done": r"""
en: thank* for (waiting|holding|your patience|bearing)|we re back|i m back|just (heard|got|spoke|had|checked)|heard
back|(they|he|she|<team>) (just |have |has )?(said|says|say|told|confirms?|confirmed|replied|checked|found)|good news|
done|all (sorted|done|set|fixed)|(i|we) (ve|have) (now |just |already |successfully )?(\w{3,}ed|sent|found|reset|done|
put it)|(i|we) (just |successfully )?(updated|changed|cancelled|canceled|reset|removed|fixed|unlocked|deleted)|
^(changed|updated|fixed|sent|found|cancelled)|(is|s|been|are|was|now) (now |successfully |all )?(resolved|updated|
changed|cancelled|canceled|reset|fixed|active|activated|done|solved|removed|deleted|unlocked| refunded|corrected|
restored|unsubscribed)|here (it is|you go)|glad (that|it|to)|(successfully|resolved|solved)
de: (bin|da bin) (ich )?(wieder|zuruck)|danke (fur|furs) ~ (warten|geduld)|(<team>|er) (sagt|sagen|meint|bestatigt|hat
(bestatigt|geantwortet|gesagt)|haben (bestatigt|geantwortet))|(habe?|haben|ist|sind|wurden?|wird jetzt) ~ (erreicht|
gesprochen|geklart|nachgefragt|nachgesehen|gefunden|geandert|gepruft|korrigiert|erledigt|eingetragen| storniert|
zuruckgesetzt|gelost|behoben|aktiv*|aktualisiert|geloscht|entfernt|freigeschaltet|gekundigt|deaktiviert| umgestellt|
abgemeldet|entsperrt|erstattet|gebucht)|gute nachricht*|erledigt|geschafft|freut mich
fr: merci (d avoir patiente|de votre patience|pour votre patience)|(me|nous) (re)?voi(la|ci)|bonne nouvelle|c est (fait|
regle|bon|corrige|change|resolu)|(j ai|je viens|nous avons|est|sont|ete|desormais|maintenant) (de |bien |deja |ete |eu
){0,3}(verifi|trouv|corrig|modifi|chang|regard|parl|annul|active|supprim|debloqu|reinitialis|resili|desactiv|
retir| regle|resolu|rembours|mis* a|desinscri|enregistr|effectu)*|(<team>|il|elle|ils) (me |m |vous )?(confirm|dit|
disent|repond|a (dit|confirme|repondu))*|ravie?
es: gracias por (esperar|su paciencia|la espera)|aqui estoy|buenas noticias|listo|ya esta|hecho|solucionado|(he|hemos|
acabo de|queda|quedo|esta|ha sido|fue|ya) (ya )?(*ad[oa]|*id[oa]|resuelt[oa]|hecho|cambie|cancele|active|elimine|
corregi|actualice|desbloquee|desactive|quite| borre|envie)|(me|nos) (dicen|dice|confirma*|informan|contest*|dijeron)|
(<team>) (dice*|confirma*|respond*)|me alegr*
pt: obrigad[oa] (por (aguardar|esperar)|pela (espera|paciencia))|voltei|ca estou|pront(o|inho)|feito|boas? noticias?|
(foi|esta|foram|ficou|acabei de) ~ (resolvid|atualizad|alterad|cancelad|ativ|desativad|removid|desbloquead|corrigid|
concluid|solucionad|excluid| confirmad)*|(verific|consult|confirm|alter|corrig|troqu|confer|atualiz|ativ|cancel|remov|
desativ|desbloque|resolv|mud|exclu| retir|elimin)(ei|i)|(me|nos|<team>) (disse*|confirm*|inform*|respond*|diz*)|fico
feliz
nl: (bedankt|dank) (u |je )?voor ~ (wachten|geduld)|ben (er )?weer|daar ben ik|goed nieuws|gelukt|^gedaan|geregeld|(heb|
hebben|is|zijn) ~ (gevonden|aangepast|gesproken|gecheckt|nagekeken|nagevraagd|gewijzigd|overlegd|hersteld|geannuleerd|
gedeblokkeerd| verwijderd|gereset|opgelost|*geactiveerd|uitgeschreven|bijgewerkt|stopgezet|geregeld|opgezegd|actief)|
(<team>|ze|hij|zij) (zegt|zeggen|bevestig*|laat weten|laten weten)|net (gehoord|gesproken)|fijn om
it: grazie (per|dell|della) ~ (attesa|atteso|pazienza)|r?i?eccomi|ecco (fatto|qui)|buone notizie|fatto|risolto|
sistemato|(ho|abbiamo|l ho|e|e stat[oa]|sono stat[ie]|risulta) (appena |gia |ora |stat[oa] )?(verificat|controllat|
parlat|trovat|corrett|modificat|aggiornat|cambiat|annullat|sistemat|avuto|attivat| disattivat|eliminat|sbloccat|
reimpostat|cancellat|rimoss|disiscritt|disdett|risolt)*|(<team>|mi|ci) (dice|dicono|conferma|confermano|ha (detto|
confermato)|hanno (detto|confermato))|mi fa piacere
ja: お待たせ|確認(が)?(した|しました|いたしました|でき(まし)?た|取れ|とれ)|戻りました|調べました|(変更|修正|返金|手続き|
対応|更新|設定|手配|きゃんせる|訂正|解除|停止|登録|削除|再発行|退会|りせっと|解決)(が|は|を)?(完了)?(いた|され|
でき)?(し)?ました|完了(いた)?しました|とのこと|解決です|済みです|(良|よ)かったです
""",
    # automation cannot help
    "gives_up": r"""
en: (can t|cannot|unable to|not able to|couldn t) ~ (help|assist|answer|find|do|change|process|access)|(don t|do not|
didn t|did not) (have|know|understand|get)|not sure (i|what|how)|(we are|we re|currently) (offline|closed)|leave (your|
a|us) ~
de: (kann|konnte) ~ nicht ~ (helfen|weiterhelfen|beantworten|finden|andern)|nicht (weiterhelfen|verstanden|gefunden|in
der lage)|keine (information*|antwort)|(nicht erreichbar|geschlossen)|hinterlassen sie
fr: (peux|suis|ai|sais|dispose|comprends) pas ~|pas (compris|trouve|en mesure)|actuellement (ferme|indisponible)*|hors
(ligne|horaires)|laissez (nous )?(votre|vos)
es: no (puedo|he|pude|tengo|se|entendi|encontre|encuentro|dispongo) ~|fuera de (horario|nuestro)|dej[ae](nos)? (su|tu)
pt: nao (consigo|posso|tenho|encontrei|entendi|compreendi|sei|percebi) ~|fora do horario|deixe (o )?seu
nl: kan ~ niet ~|niet (gevonden|begrepen|helpen)|geen (informatie|antwoord|toegang)|begrijp ~ niet|weet ik niet|
gesloten|laat ~ achter
it: non (posso|sono in|ho|riesco|so|dispongo) ~|fuori orario|al momento chius*|lasci ~ (mail|numero|recapito)
ja: (お答え|回答|対応|ご案内|手続き|お手伝い)\S{0,5}(ません|かね)|(わか|分か)り(ません|かね)|見つかりません|理解でき|
営業時間外
""",
    # we offer to do something, without a question mark
    "proposes": r"""
en: (i|we) (can|could) (either|also|do|send|refund|book|offer|arrange|put|move|change|give|get|swap|replace|exchange|
issue|cancel|reserve|hold|add|set|order|call|have)|would you (like|prefer|rather)|(shall|should) (i|we)|want me to|let
me know (if|which|what|whether)|your (choice|call)|up to you|either ~ or|happy to (send|refund|book|swap|replace|
arrange|offer)
de: (ich|wir) (kann|konnen|konnte*) ~ (ihnen|dir|auch|gern*|entweder|sie|das|es)|(konnen|kann|konnte*) (ich|wir)|
(mochten|wollen) sie|(soll|sollen) (ich|wir)|entweder ~|sagen sie (mir )?(bitte )?(einfach )?(welch|ob|was)*|was ist
ihnen lieber|ganz wie sie
fr: (je|nous|on) (peux|pouvons|peut|pourrai*|pourrions) (vous|te|soit|le|la|l|en|aussi|annul*|rembours*|remplac*|
envoy*)|(voulez|souhaitez|preferez) vous|(dois|puis) je|soit ~ soit|dites moi (si|ce|lequel|laquelle)*|a vous de (voir|
choisir)
es: (podemos|puedo|podriamos|podria) (\w+r|\w+r(le|te|lo|la|selo|nos))|(quiere|quieres|prefiere|prefieres|desea|
gustaria)|digame (si|cual|que)|dime (si|cual|que)|usted (decide|dira)|o bien ~
pt: (podemos|posso|conseguimos|consigo) (\w+r|lhe|te)|(quer|prefere|deseja|gostaria)|(diga me|me (diz|diga|avisa|fala))
(se|qual)|ou ~ ou
nl: (ik|we|wij) (kan|kunnen|zou|zouden) (u|je|het|ook|of|een|hem|dit|de|wel|eventueel)|(kan|kunnen) (ik|we|wij)|(wilt|
wil) (u|je)|(zal|zullen) (ik|we)|laat (maar|het)? ?(me )?weten (of|wat|welke)|zegt? (u )?(het )?maar|of ~ of ~
it: (possiamo|posso|potremmo|potrei) (\w+r(e|le|ti|la|lo|vi|glielo|mi|gliela))|(vuole|vuoi|preferisce|preferisci|
desidera)|mi (dica|faccia sapere|dici) (se|quale|cosa)|scelga lei|o ~ oppure
ja: (ご用意|お取り置き|ご予約|交換|返金|変更|お送り|手配|発送|お手配|ご案内|対応|きゃんせる)(も|が|は|で)?(いたし|し|
でき|可能|承|いただけ)|ましょうか|いかが|ご希望|どちら|空(い|き)て?(が)?(おり|い|ござい|あり)?ます|室ござい|席ござい
""",
    # the visitor takes an offer up
    "chooses": r"""
en: (would|d) (be|do)|let s (do|go|say|have)|go (for|with|ahead)|(the|a) (first|second|former|latter|other|refund|
replacement|voucher|exchange|bigger|smaller|new)|do (it|that|so)$|(i|we) (ll|will) (take|have|go)|(i|we) d (like|prefer|
rather|love)|please|yes|yeah|yep|replacement|refund|rather|whichever|sounds (good|great|perfect|like a plan)|why not|
(that|it) works for me
de: (ware|wurde) (mir |uns )?(super|toll|gut|nett|prima|ideal|klasse|perfekt|lieber|schon|mega|passen)|(das|die|den)
(erste|zweite|andere|geld|ersatz|gutschein|umtausch|neue)*|gern*|ja|bitte|lieber|nehm* ich|ich nehm*|machen wir|
erstattung|ersatz*|geld zuruck|einverstanden|so machen
fr: (serait|irait|ira) (bien|parfait|super|top|genial|ideal|mieux)|(le|la) (premi|deuxieme|seconde|remboursement|
remplacement|echange|bon|avoir)*|oui|volontiers|plutot|je (prefere|prends|choisis|veux bien)|allez y|allons y|on (fait|
part|dit)|avec plaisir|remboursement|va pour|je suis d accord|svp
es: (seria|estaria|me viene|me va) (genial|perfecto|bien|estupendo|ideal|mejor)|(el|la) (primer|segund|reembolso|cambio|
devolucion|otra|nuev)*|si|prefiero|mejor|por favor|adelante|reembolso|cambio|hag[aá](mos)?(lo|moslo)?|me quedo con|
elijo|de acuerdo
pt: (seria|ficaria|estaria) (otimo|perfeito|bom|bem|ideal|melhor)|(o|a) (primeir|segund|reembolso|troca|devolucao|outr|
nov)*|sim|prefiro|melhor|por favor|pode ser|pode (mandar|fazer|trocar|marcar)|reembolso|quero|manda|bora|vamos nessa|
fico com
nl: (zou|lijkt me) (fijn|top|mooi|perfect|goed|geweldig|super|ideaal|beter|prima)|(de|het|die) (eerste|tweede|andere|
geld|vervang|nieuwe)*|graag|ja|liever|doe (dat|maar|die)|ik (neem|kies|wil)|dan (de|het|maar|een)|geld terug|is goed
it: (sarebbe|andrebbe) (perfett|bene|ottim|ideale|meglio|fantastic)*|(il|la) (prim|second|rimborso|sostituzione|cambio|
altr|nuov)*|si|volentieri|preferisco|meglio|per favore|procedi*|proceda*|facciamo|rimborso|prendo|va bene
ja: お願い|それで|そちらで|そこで|ほうで|方で|はい|ぜひ|希望|にします|返金|交換|頼み
""",
    # our question whether that was all
    "helped": r"""
en: help*|work*|ok|okay|clear|sense|fine|solve*|alright|all right|good|else|(other|more|further) question*|useful|
answer*
de: geholfen|hilft|weiter*|klappt|funktioniert|ok|passt|recht|sonst|noch (etwas|was)|fragen|beantwortet|gelost
fr: aide*|marche|fonctionne|clair|convient|va|bon|resolu|autres? *|utile|compris|repond*
es: ayud*|sirv*|funciona|claro|bien|resuelto|algo mas|otra *|alguna *|parece
pt: ajud*|serv*|funcion*|claro|bem|resolv*|mais alguma|algo mais|outra *|certo|duvidas?
nl: geholpen|help*|werkt|lukt|duidelijk|goed|akkoord|ok|opgelost|nog iets|anders|vragen|verder
it: aiut*|funziona|chiaro|bene|risolto|altro|altr[ae] *|utile|ok|riuscit*|va
ja: (他|ほか)に|何か|よろしい|ご不明|解決|いかが|大丈夫|できました
""",
    # our offer, which only a no settles
    "offers": r"""
en: (shall|should|can|may) (i|we)|(would|do) you (like|want|prefer)|want (me|us) to|anything else
de: (soll|sollen|darf|kann) (ich|wir)|(mochten|wollen) sie|(mochtest|willst) du|sonst|noch (etwas|was)
fr: (voulez|souhaitez|desirez) vous|(puis|dois) je|autre chose|autres questions
es: (quiere|quieres|desea|deseas|prefiere|gustaria)|algo mas|alguna otra|otra *
pt: (quer|deseja|gostaria|prefere|posso)|mais alguma|algo mais
nl: (zal|kan|mag) ik|(wilt|wil) (u|je)|zullen we|nog iets|anders
it: (vuole|vuoi|desidera|preferisce|posso|procedo)|altro|altre domande
ja: ましょうか|ご希望|他に|ほかに
""",
    # a line that only ends a chat
    "closing": r"""
en: anything else|(any )?(other|further|more) questions|have a (great|nice|good|lovely|wonderful)|(thanks|thank you)
for|you( a)?re (very |most )?welcome|my pleasure|glad i could|take care|clos(e|ing) (this|the) chat|end (this|the) chat|
rate (this|your|our|us)|feedback|(good)?bye|no (problem|worries)|don t hesitate|feel free|still there|haven t heard|any
?time|enjoy
de: sonst noch|noch (etwas|was)|(weitere|noch) fragen|schon* (tag|abend|wochenende|feierabend|rest|woche)|gern*|keine
ursache|kein problem|danke (fur|dass)|auf wiedersehen|tsch*|(beende|schliesse)|bewert*|freut mich|noch da|alles gute|
gute besserung|nicht zu danken
fr: autre chose|autres? questions?|(bonne|belle|excellente) *|bon (week end|courage)|je vous en prie|avec plaisir|de
rien|merci (de|d|pour)|au revoir|je (cloture|ferme|mets fin)|n hesitez pas|votre avis|votre (service|disposition)|
toujours la|prenez soin|a bientot
es: algo mas|alguna otra|otra (consulta|duda|cosa)|(buen*|feliz|excelente|lindo) (dia|tarde*|noche*|finde|fin|semana)|de
nada|un placer|con (mucho )?gusto|gracias (por|a)|hasta luego|(cierro|cerrare)|su opinion|no dude|que (tenga|pase|este)|
un abrazo|sigue ahi|a (ti|usted)|saludos
pt: mais alguma|algo mais|outra (duvida|questao)|(bom|boa|otim[oa]) (dia|tarde|noite|fim|fds|semana)|de nada|por nada|
disponha|um prazer|obrigad[oa] (por|pelo|pela|eu)|agradec*|encerr*|avali*|ate logo|ora essa|as melhoras|imagina|ainda
(esta|ai)
nl: nog (iets|vragen)|ergens anders|verder nog|(fijne|prettige|goede|fijn|goed) (dag|avond|weekend|middag|week)|graag
gedaan|geen (probleem|dank)|(bedankt|dank) voor|sluit (de|deze|ik)|tot ziens|beoorde*|aarzel niet|groetjes|er nog|
beterschap|succes
it: (in|d) altro|altre domande|buon* (giornata|serata|weekend|soggiorno|notte|domenica)|prego|di (nulla|niente)|un
piacere|grazie (per|a lei|a te)|chiud(o|iamo)|arrivederci|a disposizione|valut*|figur*|ci mancherebbe|saluto|ancora (li|
in linea)|non (avendo|ho) ricevuto
ja: (他|ほか)に|何かござい|ご不明な点|お問い合わせ(いただき|ありがとう)|ご利用(いただき)?ありがとう|どういたしまして|
とんでもない|お役に立て|一日|失礼いたします|ちゃっとを(終了|閉じ)|あんけーと|またのご利用|いらっしゃいますか|お返事が|
お気をつけ|お大事に|よろしくお伝え
""",
    "yes": r"""
any: yes|yep|yeah|yup|ja|oui|si|sim|jep|ouais|claro
ja: はい|ええ|お願いします|そうです
""",
    "no": r"""
any: no|nope|nah|nein|nee|non|nao
ja: いえ|ないです|ありません|大丈夫|結構です|特にな|以上
""",
}

# Little words by which a language is told; `other` are those of languages that we do not know.
LITTLE_WORDS = {
    "en": "the and is are you your my can't what how with not this have for it of to i'm please was do i we can will"
    " that on at be just does where when it's there don't thanks yes hi all any from which why need get but our"
    " if would has they me a in or no so",
    "de": "und ist ich nicht das mit wie mein meine der die sie ein eine auf für kann wir bitte zu den wo noch es im"
    " am von dem haben habe hab ihr bei auch dass was wann gibt sind wird mir mich ihnen aber oder nur schon"
    " kein keine ja nein um vom zum zur einen einem danke dann bis unter",
    "fr": "est le je pas les vous mon ma une et pour dans avec ne du sur votre bonjour c'est j'ai comment ou la un"
    " des que qui il elle nous on au aux mais en de à ça où quand oui non merci suis sont peut pouvez faire ce"
    " cette vos mes bien",
    "es": "el los las mi por para con una es que como puedo pero su hola se del y lo al cuando donde la un en de no"
    " me qué sí está más muy tengo hay le ya mis tu cuánto cómo dónde son desde hasta buenas gracias este esta"
    " eso",
    "pt": "os meu minha não uma com você para por como e um do da em posso olá meus isso tem eu ao o a no na que de"
    " é mas se vc pra está são dos das já sim seu sua quando onde mais até fazer obrigado obrigada bom dia tá"
    " só foi às aos",
    "nl": "het ik een niet mijn met van voor hoe kan u wat dat naar aan je hallo maar deze zijn wij er de en is in"
    " op te om bij dan nog wel al waar wanneer mag moet heb heeft kunt ook geen ja nee of uw tot graag dit we",
    "it": "il non di che per con mio mia una come posso sono gli della ho nel mi buongiorno si ma grazie anche la le"
    " un è e in da al del dal sul i lo se ci alla dove quando sì no più ha questo quanto già suo sua qui fino"
    " c'è ore",
    "other": "och jag det är ikke jeg og på ett inte har kan man du hur der dere åpne nei ja han hon til av som ei hva"
    " hvor vær god morn hej tack takk tak hvordan hvornår nie się jest jak czy mam mogę proszę dzień dobry na"
    " od z w co že je v se jsem dobrý den máte ali ste da za ne sam kako gdje kje lahko prosim pozdravljeni ve"
    " bir bu için değil mi mı var nasıl nerede merhaba acaba és nem egy hogy van ez az jó napot şi nu este sunt"
    " cum pentru să din bună ziua vă mulţumesc on mitä missä olen hyvää päivää ang ng sa po mga ko xin tôi bạn"
    " không được là và có nas els amb però sóc bon dia què vull una com demat ya eus ha hag ur an sut eta dut"
    " zer ir un kā es yra ar kaip tere kas mina saya tidak yang dan apakah bisa halo di ini untuk kami anda apa",
}

KANA = re.compile("[\u3040-\u30ff]")


def speaks_of(topic, text, languages):
    """Does the text hold one of the topic's phrases in one of the languages?"""
    words = folded(text)
    return any(first_of(topic, words, language) for language in languages)


def first_of(topic, words, language):
    """Where one of the topic's phrases first stands in folded words; None where none does."""
    return compiled(topic, language).search(words)


@functools.cache
def compiled(topic, language):
    border = ("", "") if language == "ja" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(source(topic, language).join(border))


@functools.cache
def source(topic, language):
    """A topic's phrases in one language, with those of every language, as one regular expression."""
    lists = phrases_of(topic)
    latin = "|".join(lists[name] for name in ("any", language) if name in lists and name != "ja")
    latin = latin.replace("*", r"\w*").replace(" ~ ", r"(?: \S+){0,4} ").replace(" ~", r"(?: \S+){0,4}")
    japanese = lists.get("ja", "").replace("~", ".{0,12}") if language == "ja" else ""
    text = "|".join(one for one in (latin, japanese) if one).replace("$", r"(?=\W*$)")
    return "(?:{})".format(re.sub(r"<(\w+)>", lambda name: source(name.group(1), language), text) or "(?!)")


@functools.cache
def phrases_of(topic):
    """A topic's phrases by language."""
    parts = re.split(r"^(\w\w|any):", PHRASES[topic], flags=re.MULTILINE)[1:]
    lists = {name: text.strip().replace("|\n", "|").replace("\n", " ") for name, text in zip(parts[::2], parts[1::2])}
    if "ja" in lists:
        lists["ja"] = lists["ja"].replace(" ", "")
    return lists


def folded(text):
    """Lower case, hiragana, no accents, a space for each apostrophe and hyphen, single spaces."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFC", "".join(char for char in text if not "\u0300" <= char <= "\u036f"))
    text = "".join(chr(ord(char) - 96) if "\u30a1" <= char <= "\u30f6" else char for char in text)
    return " ".join(re.sub("['\u2018\u2019\u00b4`]|(?<=\\w)-(?=[^\\W\\d])", " ", text).split())


def clauses(text):
    """Its clauses in order, each with the sign that ends it."""
    return parted(text, ".!?;\n\u2026\u3002", ",:()\u3001")


def sentences(text):
    """Its sentences in order, each with the sign that ends it."""
    return parted(text, ".!?;\n\u2026\u3002")


def parted(text, ends, pauses=""):
    """The text at its ends and pauses; a point, comma or colon within a number or a name is neither."""
    signs = re.escape(ends + pauses)
    within = "[.,:]" if pauses else "[.]"
    found = re.findall(r"(?:[^{0}]|{1}(?=\w))+[{0}]*".format(signs, within), unicodedata.normalize("NFKC", text))
    return [one.strip() for one in found if re.search(r"\w", one)]


def language_of(text):
    """The language whose little words fill the text best; empty where none does."""
    return next(iter(languages_of([text])), "")


def languages_of(texts, least=0.0):
    """The languages whose little words fill the texts best: mostly one.

    None where another language's fill them better, or where they are fewer than `least` of the words.
    """
    whole = unicodedata.normalize("NFKC", " ".join(texts)[:4000])
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", whole.lower().replace("\u2019", "'"))
    counts = {name: sum(map(set(listed.split()).__contains__, words)) for name, listed in LITTLE_WORDS.items()}
    others, best = counts.pop("other"), max(counts.values())
    if foreign(whole):
        return []
    if KANA.search(whole):
        return ["ja"] + [name for name, count in counts.items() if count >= max(2, best)]
    if others > best or best < least * len(words):
        return []
    return [name for name, count in counts.items() if best and count >= 0.7 * best]


def foreign(text):
    """Is it written in letters that none of our languages uses?"""
    letters = re.findall(r"[^\W\d_]", text.lower())
    kana = KANA.search(text)
    ours = re.compile(
        "[a-z\u00aa-\u00e4\u00e7-\u00ef\u00f1-\u00f6\u00f9-\u00ff\u0153\u0133\u3005"
        + ("\u3040-\u30ff\u3400-\u9fff]" if kana else "]")
    )
    return sum(not ours.match(letter) for letter in letters) * 50 > len(letters)


def asks(text):
    """Does the text end in a question? What follows the last question mark may be a smile or a thank-you."""
    ending = unicodedata.normalize("NFKC", text).strip()
    return bool(re.search(r"\?[^?.!\u3002]{0,12}[.!]?$|(です|ます|でしょう|ません)か[。.\u2026]*$", ending))


def words_in(text):
    """How many words; where there are no spaces between words, two signs count as one, and a greeting as one."""
    text = re.sub("もしもし|すみません|こんにちは|こんばんは|おはようございます", " x ", text)
    signs = len(re.findall("[\u3040-\u30ff\u3400-\u9fff]", text))
    return len(re.findall(r"[^\W\u3040-\u30ff\u3400-\u9fff]+", text)) + (signs + 1) // 2


def markers_in(text):
    """`#words` of an internal comment in the order they stand, without the sign, in lower case."""
    return [marker.lower() for marker in re.findall(r"[#\uff03]([\w-]+)", text)]
