package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"quoth"
)

// What the authors of pages call their boxes. An element is asked in this order: what
// it is (figcaption, nav), its role, and the words of its class, id and test names.

// boxTags are the elements that are boxes by their name.
var boxTags = map[atom.Atom]quoth.BlockKind{
	atom.Figcaption: quoth.Caption, atom.Caption: quoth.Caption, atom.Nav: quoth.Navigation, atom.Footer: "", atom.Header: "", atom.Aside: "",
	atom.Form: "", atom.Dialog: quoth.Notice, atom.Button: "", atom.Address: "", atom.Figure: "",
}

// roles are the ARIA roles that say what a box is.
var roles = map[string]quoth.BlockKind{
	"navigation": quoth.Navigation, "search": quoth.Navigation, "menu": quoth.Navigation, "menubar": quoth.Navigation, "banner": "", "contentinfo": quoth.Navigation,
	"complementary": "", "dialog": quoth.Notice, "alertdialog": quoth.Notice,
}

// hintWords are words of class names, in the languages of the pages that were looked
// at. Two words that belong together stand with a blank between.
var hintWords = hintTable([]hintList{
	{quoth.Quote, `pullquote pull_quote twitter_tweet twitter_video tweet_embed embed_tweet embedded_tweet bluesky_embed mastodon_embed tiktok_embed fb_post reddit_embed instagram_media truthsocial_embed threads_post`},
	{quoth.Advertisement, `ad ads adv advert adverts advertisement advertisements advertising advertorial adslot adunit adbox adbanner adcontainer adwrapper dfp gpt sponsor sponsored sponsors promoted taboola outbrain
		anzeige anzeigen werbung werbeanzeige reklame publicite publicidad pubblicita annonse annons annonce reklama nativeads`},
	{quoth.Comments, `comment comments commenting disqus viafoura coral openweb spotim discussion kommentare kommentar commentaires comentarios commenti`},
	{quoth.Newsletter, `newsletter newsletters signup sign_up subscribe subscription subscriptions mailchimp mailinglist mailing_list inscription abo abonnement donate donation membership`},
	{quoth.Share, `share shares sharing sharebar sharetools sharethis addthis addtoany socialshare social socials socialmedia social_links teilen partager compartir condividi delen bookmark`},
	{quoth.FeedbackForm, `feedback was_this_helpful article_rating rate_this survey poll`},
	{quoth.Trending, `trending most_read mostread most_popular mostpopular most_viewed mostviewed meistgelesen popular topstories top_stories hottest`},
	{quoth.Related, `related relatedarticles recirc recirculation recommended recommendation recommendations read_more readmore read_also readalso read_next readnext more_stories morestories more_news more_on you_may_also inline_story
		also_read seealso see_also further_reading upnext up_next next_article latest latestnews latest_news verwandte aehnliche mehr_zum a_lire lire_aussi relacionadas relacionados correlati relaterte relaterat interlink crosslink crosslinks backlink promo promos teaser teasers teaserlist
		story_card storycard article_card articlecard onward onwards carousel`},
	{quoth.Other, `current_date currentdate todays_date weather event events calendar`},
	{quoth.Tags, `tag tags taglist tag_list keywords topics topiclist article_topics article_tags schlagworte mots_cles etiquetas hashtags`},
	{quoth.Caption, `caption captions figcaption wp_caption imagecaption image_caption photo_caption photocaption media_caption mediacaption bildunterschrift bildtext bildetekst legende pie_de_foto didascalia cutline`},
	{quoth.Credit, `credit credits photocredit photo_credit imagecredit image_credit photographer image_source imagesource copyright copyrights bildnachweis bildquelle fotograf`},
	{quoth.Byline, `byline bylines author authors authorname author_name author_info contributor contributors auteur autor autore autoren autorenzeile journalist`},
	{quoth.Dateline, `dateline date datetime pubdate publishdate publish_date published publication_date publishedat timestamp timestamps article_date post_date datum updated last_updated`},
	{quoth.Notice, `cookie cookies consent gdpr privacy onetrust paywall piano regwall disclaimer legal copyright_notice modal popup overlay interstitial notification alertbar adblock`},
	{quoth.Navigation, `nav navi navbar navigation menu menus breadcrumb breadcrumbs topbar masthead sitenav site_header siteheader site_footer sitefooter footer_links skip_link skiplink pagination pager toolbar search searchbox megamenu hamburger language_switcher`},
})

// hintList is the words of one kind; an underscore stands for the seam of two words.
type hintList struct {
	kind  quoth.BlockKind
	words string
}

// hint is a kind with its rank: of two words of one class name the earlier list wins.
type hint struct {
	kind quoth.BlockKind
	rank int
}

func hintTable(lists []hintList) map[string]hint {
	m := map[string]hint{}
	for i, l := range lists {
		for w := range strings.FieldsSeq(l.words) {
			m[strings.ReplaceAll(w, "_", " ")] = hint{l.kind, i}
		}
	}
	return m
}

// boxKind says whether n is a box, and of what kind.
func (d *domReader) boxKind(n *html.Node, isBlock bool) (kind quoth.BlockKind, isBox bool) {
	kind, isBox = boxTags[n.DataAtom]
	if kind != "" || n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return kind, isBox
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "role":
			if k, ok := roles[a.Val]; ok {
				return k, true
			}
		case "itemprop":
			switch a.Val {
			case "author", "creator":
				return quoth.Byline, true
			case "datePublished", "dateModified":
				return quoth.Dateline, true
			case "caption":
				return quoth.Caption, true
			case "copyrightHolder":
				return quoth.Credit, true
			}
		case "rel":
			if strings.Contains(a.Val, "author") {
				return quoth.Byline, true
			} else if strings.Contains(a.Val, "tag") && !strings.Contains(a.Val, "stage") {
				return quoth.Tags, true
			}
		}
	}
	best := hint{rank: len(hintWords)}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-testid", "data-component", "data-qa", "data-gu-name", "data-module", "data-type", "data-ad", "data-block":
			if h := d.hintOf(a.Val); h.kind != "" && h.rank < best.rank {
				best = h
			}
		}
	}
	if n.DataAtom == atom.Time && best.kind == "" {
		best.kind = quoth.Dateline
	}
	if best.kind == "" || best.kind == quoth.Caption && !hasPicture(n) {
		return "", isBox
	}
	return best.kind, true
}

// hasPicture reports whether n stands beside a picture or a video. Some sites call a
// size of letters "caption".
func hasPicture(n *html.Node) bool {
	for range 3 {
		if n = n.Parent; n == nil || n.DataAtom == atom.Body {
			return false
		}
		left := 60 // nodes that are looked at
		if n.DataAtom == atom.Figure || holdsPicture(n, &left) {
			return true
		}
	}
	return false
}

func holdsPicture(n *html.Node, left *int) bool {
	for c := n.FirstChild; c != nil && *left > 0; c = c.NextSibling {
		*left--
		switch c.DataAtom {
		case atom.Img, atom.Picture, atom.Video, atom.Figure:
			return true
		}
		if c.FirstChild != nil && holdsPicture(c, left) {
			return true
		}
	}
	return false
}

// hintOf reads the words of a class name.
func (d *domReader) hintOf(name string) hint {
	if h, known := d.hints[name]; known {
		return h
	}
	best := hint{rank: len(hintWords)}
	if len(name) < 400 {
		for class := range strings.FieldsSeq(name) {
			previous := ""
			for word := range nameWords(class) {
				for _, w := range []string{word, previous + " " + word} {
					if h, ok := hintWords[w]; ok && h.rank < best.rank {
						best = h
					}
				}
				previous = word
			}
		}
	}
	d.hints[name] = best
	return best
}

// negations before a word of a class name say that the box has or lacks the thing:
// "has-ads", "no-comments", "with-caption".
var negations = set("has no not with without hide show is js enable enabled open data")

// nameWords gives the words of a class name in lower case: "StoryBody_relatedLinks-2"
// has story, body, related and links. Words behind a negation are left out.
func nameWords(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		skip := false
		emit := func(end int) bool {
			if end <= start {
				return true
			}
			w := strings.ToLower(name[start:end])
			if negations[w] {
				skip = true
				return true
			}
			return skip || yield(w)
		}
		isLower := false
		for i, r := range name {
			switch {
			case !unicode.IsLetter(r):
				if !emit(i) {
					return
				}
				start = i + len(string(r))
				isLower = false
			case unicode.IsUpper(r) && isLower:
				if !emit(i) {
					return
				}
				start = i
				isLower = false
			default:
				isLower = unicode.IsLower(r)
			}
		}
		emit(len(name))
	}
}

// foreignLabels are whole lines that label furniture in languages other than English,
// folded.
var foreignLabels = lines([]lineList{
	{quoth.Advertisement, `anzeige|anzeigen|werbung|publicidad|publicité|pubblicità|publicidade|advertentie|advertenties|reklama|reklame|annonse|annons|annonce|mainos|iklan|реклама|reklam|quảng cáo|広告|إعلان|إعلانات|διαφήμιση|oglas|hirdetés|article sponsorisé|contenido patrocinado`},
	{quoth.Trending, `meistgelesen|meistgelesene artikel|am meisten gelesen|lo más leído|más leídas|más leídos|les plus lus|i più letti|mais lidas|meest gelezen|mest lest|mest läst|mest læste|najczęściej czytane|en çok okunanlar|самое читаемое|popularne`},
	{quoth.Related, `mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren|weiterlesen|mehr|weitere artikel|lee también|lea también|te puede interesar|más información|noticias relacionadas|à lire aussi|lire aussi|sur le même sujet|leggi anche|potrebbe interessarti|leia também|leia mais|veja também|lees ook|lees meer|les også|läs mer|läs också|læs også|czytaj więcej|czytaj także|zobacz także|čtěte také|ilgili haberler|читайте также|xem thêm|関連記事|baca juga`},
	{quoth.Share, `teilen|artikel teilen|compartir|partager|condividi|compartilhar|delen|del|dela|udostępnij|sdílet|paylaş|поделиться|chia sẻ|merken|drucken|imprimir|imprimer|stampa|kopieren|link kopieren|copiar enlace`},
	{quoth.Comments, `kommentare|kommentar schreiben|comentarios|comentar|commentaires|commenti|comentários|reacties|kommentarer|komentarze|yorumlar|комментарии|bình luận|komentar`},
	{quoth.Tags, `schlagworte|themen|etiquetas|temas|mots clés|argomenti|tematy|konular|теги|topik|filed under`},
	{quoth.Newsletter, `newsletter abonnieren|jetzt abonnieren|abonnieren|suscríbete|suscribirse|abonnez vous|s abonner|iscriviti|assine|zapisz się|abone ol`},
	{quoth.Navigation, `startseite|menü|suche|anmelden|abmelden|inicio|menú|buscar|iniciar sesión|accueil|rechercher|se connecter|cerca|accedi|início|zoeken|inloggen|logg inn|logga in|hjem|strona główna|szukaj|zaloguj się|giriş yap|ana sayfa|главная|поиск|войти|trang chủ`},
	{quoth.Notice, `impressum|datenschutz|agb|nutzungsbedingungen|aviso legal|política de privacidad|mentions légales|privacybeleid|gizlilik politikası`},
})
