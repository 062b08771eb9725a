/**
 * The emoji that are offered, chosen by hand for what people say to a shop and a shop to them; none newer than Unicode 13,
 * so that devices of the last years have them. A line each: the sign, its name and, after a comma, further words to find it
 * by, in English and after the bar in Russian.
 */
export const EMOJI_LINES = {
  faces: `🙂 smile, ok|улыбка, ок
😊 blush, smile warm|смущение, улыбка тепло
😀 grin, happy|радость, смех
😁 beam, teeth|сияние, зубы
😄 laugh, happy|смех, радость
😂 tears of joy, lol|слёзы, смеха ржу
🤣 rolling laugh, lol|хохот, ржу
😅 sweat, phew|неловко, пот фух
😉 wink|подмигивание
😍 in love, hearts eyes|влюблён, глаза сердца
🥰 adore, love hearts|обожаю, любовь сердца
😘 kiss|поцелуй
😇 angel, halo|ангел, нимб
😋 tasty, yum|вкусно, ням
😛 tongue|язык
😜 crazy, wink tongue|дурачусь, язык
🤗 hug|обнимаю, объятия
🤭 oops, giggle|ой, хихиканье
🤫 quiet, secret|тише, секрет
🤔 thinking, hmm|думаю, хм
🤨 doubt, eyebrow|сомнение, бровь
😐 neutral, meh|нейтрально
😑 expressionless|без слов
😶 silent, speechless|молчу
🙄 rolling eyes|закатить глаза
😏 smirk|ухмылка
😌 relieved, calm|облегчение, спокойно
😴 sleep, tired|сон, сплю
🥱 yawn, bored|зеваю, скука
😷 mask, ill|маска, болею
🤒 fever, ill|температура, болею
🤕 hurt, bandage|травма, бинт
🤢 nausea, sick|тошнота
🥵 hot|жарко
🥶 cold, freezing|холодно, мороз
😵 dizzy|голова кругом
🤯 mind blown, shock|взрыв мозга, шок
😎 cool, sunglasses|круто, очки
🤓 nerd, glasses|умник, очки
🧐 inspect, monocle|изучаю, монокль
🥳 party, celebrate|праздник, вечеринка
😕 confused|растерян
😟 worried|беспокойство
🙁 sad, frown|грустно
😢 cry, tear|плачу, слеза
😭 sob, crying|рыдаю, плачу
🥺 please, pleading|пожалуйста, умоляю
😳 flushed, surprised|ого, смущён
😮 wow, surprised|вау, удивление
😱 scream, fear|ужас, крик страх
😨 afraid, fear|страх
😰 anxious, sweat|тревога, пот
😞 disappointed|разочарован
😓 tired, sweat|устал, пот
😩 weary, tired|измучен, устал
😤 huff, steam|фыркаю, пар
😡 angry|злюсь, гнев
🤬 swearing, angry|ругаюсь, гнев
🙈 see no evil, monkey|не вижу, обезьяна
🤖 robot, bot|робот, бот
👻 ghost|привидение, призрак
💩 poop|какашка`,
  people: `👍 thumbs up, yes good like|палец вверх, да хорошо лайк
👎 thumbs down, no bad|палец вниз, нет плохо
👌 ok, perfect|окей, отлично
✌️ peace, victory|мир, победа
🤞 fingers crossed, luck|пальцы крестиком, удача
🤙 call me|позвони
👋 wave, hello bye hi|привет, пока машу
🙏 thanks, please pray|спасибо, пожалуйста прошу
🤝 handshake, deal|рукопожатие, договорились
👏 clap, bravo|аплодисменты, браво
🙌 hooray, hands|ура, руки
👐 open hands|открытые ладони
💪 strong, muscle|сила, мышца
✍️ write|пишу
👉 right point|вправо, смотри
👈 left point|налево
👆 up point|вверх
👇 down point|вниз, ниже
☝️ attention, one|внимание, важно
✋ stop, hand|стоп, ладонь
🤷 shrug, dunno|не знаю, пожимаю плечами
🤦 facepalm|рукалицо
🙋 raise hand, me|поднимаю руку, я
🙇 bow, sorry|поклон, извините
🏃 run, hurry|бегу, спешу
💃 dance|танец
👀 eyes, look|глаза, смотрю
🧠 brain|мозг
👶 baby, child|малыш, ребёнок
👨‍👩‍👧 family|семья`,
  feelings: `❤️ heart, love red|сердце, любовь
🧡 orange heart|оранжевое сердце
💛 yellow heart|жёлтое сердце
💚 green heart|зелёное сердце
💙 blue heart|синее сердце
💜 purple heart|фиолетовое сердце
🖤 black heart|чёрное сердце
🤍 white heart|белое сердце
💔 broken heart|разбитое сердце
💖 sparkling heart|сверкающее сердце
💯 hundred, perfect|сто, идеально
✨ sparkles, magic|блёстки, волшебство
⭐ star|звезда
🌟 glowing star|яркая звезда
🔥 fire, hot|огонь, горячо
💥 boom|взрыв, бум
🎉 party, congratulations tada|поздравляю, праздник ура
🎊 confetti|конфетти
🎁 gift, present|подарок
🎂 cake, birthday|торт, день рождения
🎈 balloon|шарик
🏆 trophy, winner|кубок, победа
🥇 gold medal, first|медаль, первый
🎄 tree, christmas new year|ёлка, новый год рождество
💐 bouquet, flowers|букет, цветы
🍀 clover, luck|клевер, удача`,
  nature: `☀️ sun|солнце
⛅ cloud, sun weather|облако, погода
🌧️ rain|дождь
❄️ snow, winter|снег, зима
🌈 rainbow|радуга
🌙 moon, night|луна, ночь
🌹 rose|роза
🌷 tulip|тюльпан
🌿 herb, leaf|трава, листья
🍃 leaves, tea|листья, чай
🌱 sprout|росток
🐱 cat|кот, кошка
🐶 dog|собака, пёс
🐻 bear|медведь
🐰 rabbit|заяц, кролик
🦊 fox|лиса
🐝 bee, honey|пчела, мёд
🍎 apple|яблоко
🍋 lemon|лимон
🍓 strawberry|клубника
🍒 cherry|вишня
🥑 avocado|авокадо
🍞 bread|хлеб
🧀 cheese|сыр
🍕 pizza|пицца
🍔 burger|бургер
🍣 sushi|суши
🍰 cake, dessert|пирожное, десерт
🍪 cookie|печенье
🍫 chocolate|шоколад
🍯 honey|мёд
🍵 tea, cup|чай, чашка
☕ coffee, hot drink|кофе, чай
🫖 teapot|чайник
🍷 wine|вино
🍺 beer|пиво
🥂 cheers, champagne|чин-чин, шампанское
🍽️ plate, dinner|тарелка, ужин`,
  things: `📦 parcel, package box order|посылка, коробка заказ
🚚 delivery, truck courier|доставка, грузовик курьер
🛵 scooter, courier|мопед, курьер
✈️ plane, flight|самолёт, рейс
🚆 train|поезд
🚗 car|машина
🚲 bicycle|велосипед
🏠 home, house|дом
🏢 office|офис
🏪 shop, store|магазин
🌍 world, earth|мир, земля
📍 pin, place address|метка, место адрес
🛒 cart, shopping|корзина, покупки
🛍️ bags, shopping|пакеты, покупки
💳 card, pay|карта, оплата
💰 money|деньги
💵 cash, dollar|наличные, доллар
🧾 receipt|чек
🏷️ label, price|ценник, цена
📱 phone, mobile|телефон, мобильный
☎️ telephone, call|телефон, звонок
💻 laptop, computer|ноутбук, компьютер
🖨️ printer|принтер
📷 camera, photo|фото, камера
📧 e-mail, letter|почта, письмо
📎 paperclip, attachment|скрепка, вложение
📄 document, page|документ, страница
📝 note, memo|заметка, запись
📅 calendar, date|календарь, дата
⏰ alarm clock, time|будильник, время
⏳ hourglass, wait|часы, ждать
🔑 key|ключ
🔒 lock, closed|замок, закрыто
🔧 wrench, repair|гаечный, ремонт ключ
🔍 search, magnifier|поиск, лупа
💡 idea, bulb|идея, лампа
🔋 battery|батарея
🎧 headphones, support|наушники, поддержка
🎵 music note|музыка, нота
⚽ football, ball|футбол, мяч
👕 shirt, clothes|футболка, одежда
👟 shoe, sneaker|кроссовки, обувь
👗 dress|платье
💍 ring|кольцо`,
  signs: `✅ done, check yes|готово, галочка да
✔️ tick, check|галочка
❌ cross, no wrong|нет, крестик ошибка
❓ question|вопрос
❗ exclamation, important|важно, восклицание
⚠️ warning|осторожно, внимание
🚫 forbidden, no|запрещено, нельзя
⛔ stop, entry|стоп, нет входа
🆗 ok, button|ок
🆕 new|новое
🆓 free|бесплатно
🔴 red circle|красный круг
🟡 yellow circle|жёлтый круг
🟢 green circle|зелёный круг
🔵 blue circle|синий круг
➡️ right arrow|стрелка вправо
⬅️ left arrow|стрелка влево
⬆️ up arrow|стрелка вверх
⬇️ down arrow|стрелка вниз
🔄 again, refresh return|снова, обновить возврат
➕ plus|плюс
➖ minus|минус
♻️ recycle|переработка
🔔 bell|колокольчик, звонок
💬 speech, message chat|сообщение, чат
💤 sleep, zzz|сон
🏁 finish flag|финиш, флаг`,
};
