"""What do people say whose chat is plainly settled, or plainly not? In eight languages, nothing in between."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language's sentences."""

    asks: str
    answers: str
    thanks: str
    insists: str  # still waits after the answer
    promises: str  # an agent will come back
    inquires: str  # an agent wants to know something
    wants_person: str
    greets: str  # too short to be a request


LANGUAGES = {
    "en": Words(
        "My order has not arrived yet, where is it?",
        "It was delivered to your neighbour yesterday.",
        "Thank you very much, that helped me!",
        "No, it is not there. What should I do now?",
        "I will check this with the warehouse and get back to you tomorrow.",
        "Which order number is it about?",
        "I want to talk to a human, please.",
        "Hi",
    ),
    "de": Words(
        "Meine Bestellung ist noch nicht angekommen, wo ist sie?",
        "Sie wurde gestern bei Ihrem Nachbarn abgegeben.",
        "Vielen Dank, das hat mir geholfen!",
        "Nein, dort ist sie nicht. Was soll ich jetzt machen?",
        "Ich kläre das mit dem Lager und melde mich morgen bei Ihnen.",
        "Um welche Bestellnummer geht es?",
        "Ich möchte bitte mit einem Mitarbeiter sprechen.",
        "Hallo",
    ),
    "fr": Words(
        "Ma commande n'est pas encore arrivée, où est-elle ?",
        "Elle a été livrée hier chez votre voisin.",
        "Merci beaucoup, cela m'a bien aidé !",
        "Non, elle n'est pas là. Que dois-je faire maintenant ?",
        "Je vérifie cela avec l'entrepôt et je reviens vers vous demain.",
        "Quel est le numéro de la commande ?",
        "Je voudrais parler à un conseiller, s'il vous plaît.",
        "Bonjour",
    ),
    "es": Words(
        "Mi pedido todavía no ha llegado, ¿dónde está?",
        "Lo entregaron ayer a su vecino.",
        "¡Muchas gracias, me ha ayudado mucho!",
        "No, no está allí. ¿Qué tengo que hacer ahora?",
        "Lo consulto con el almacén y le escribo mañana.",
        "¿Cuál es el número del pedido?",
        "Quiero hablar con una persona, por favor.",
        "Hola",
    ),
    "pt": Words(
        "A minha encomenda ainda não chegou, onde está?",
        "Foi entregue ontem ao seu vizinho.",
        "Muito obrigado, ajudou-me muito!",
        "Não, não está lá. O que devo fazer agora?",
        "Vou verificar com o armazém e entro em contacto consigo amanhã.",
        "Qual é o número da encomenda?",
        "Quero falar com um atendente, por favor.",
        "Olá",
    ),
    "nl": Words(
        "Mijn bestelling is nog niet aangekomen, waar is die?",
        "Die is gisteren bij uw buren afgeleverd.",
        "Hartelijk dank, dat heeft me geholpen!",
        "Nee, daar is die niet. Wat moet ik nu doen?",
        "Ik zoek dit uit met het magazijn en kom er morgen bij u op terug.",
        "Om welk bestelnummer gaat het?",
        "Ik wil graag met een medewerker spreken.",
        "Hallo",
    ),
    "it": Words(
        "Il mio ordine non è ancora arrivato, dov'è?",
        "È stato consegnato ieri al suo vicino.",
        "Grazie mille, mi è stato di grande aiuto!",
        "No, non è lì. Che cosa devo fare adesso?",
        "Verifico con il magazzino e le faccio sapere domani.",
        "Qual è il numero dell'ordine?",
        "Vorrei parlare con un operatore, per favore.",
        "Ciao",
    ),
    "ja": Words(
        "注文した商品がまだ届いていません。どこにありますか？",
        "昨日、お隣の方にお届けしました。",
        "ありがとうございます。助かりました！",
        "いいえ、届いていません。どうすればいいですか？",
        "倉庫に確認して、明日こちらからご連絡いたします。",
        "ご注文番号は何番でしょうか？",
        "オペレーターと話したいです。",
        "はい",
    ),
}
