package page

import (
	"strings"

	"quoth"
)

// The word lists of the furniture rules: what buttons, boxes and labels of English
// news pages say. Lines are written folded (see fold). They are common phrases
// gathered by hand; none is taken from an article.

// exactLines are whole lines.
var exactLines = lines([]lineList{
	{quoth.Advertisement, `
ad|ads|advert|adverts|advertisement|advertisements|advertising|advertisment|sponsored|sponsored content|sponsored post|sponsored link|sponsored links|sponsor content
sponsored by|paid content|paid post|paid partner content|partner content|promoted|promoted content|promoted stories|promotion|from our partners|from our sponsors
story continues below|story continues below advertisement|story continues below this ad|article continues below|article continues below ad|article continues below advertisement
article continues below this ad|content continues below|continues below advertisement|continue reading below|continue reading below advertisement|advertisement continue reading below
advertisement scroll to continue|advertisement scroll to continue reading|scroll to continue|scroll to continue reading|scroll to continue with content|scroll down to continue
advertisement article continues below this ad|advertisement story continues below|skip advertisement|skip ad|close ad|ad feedback|report this ad|report ad|remove ads|hide ads
this is an ad|why this ad|why am i seeing this ad|ad choices|adchoices|go ad free|ad loading|loading ad|advertisement loading|advertisement advertisement|ad ad|ad trending|trending ad
after the ad|video ad|this story continues after the ad|article continues after advertisement|story continues after advertisement|story continues after ad|continues after ad
content from our partners|from our advertisers|paid advertisement|paid promotion|paid for by|ad ends|end of advertisement|start of advertisement`},
	{quoth.Trending, `
trending|trending now|trending today|trending topics|trending stories|trending news|trending articles|trending videos|trending posts|trending searches|trending in|whats trending|now trending
most popular|most read|most viewed|most shared|most watched|most commented|most discussed|most emailed|most recent|most read stories|most popular stories|most viewed stories|most read by subscribers|most popular articles|most read articles
popular|popular now|popular posts|popular stories|popular articles|popular news|popular topics|popular this week|top stories|top story|top news|top headlines|top posts|top videos|top reads|top trending|hot topics|hot right now|latest trending
editors picks|editors pick|editors choice|viral|viral now|in the news|in case you missed it|icymi|most read in|most popular in`},
	{quoth.Related, `
related|related articles|related article|related stories|related story|related posts|related post|related news|related content|related coverage|related links|related topics|related video|related videos|related reading|related items|related products
read more|read next|read also|also read|read on|read more about|read more news|read full story|read full article|read the full story|read the full article|read more stories|read this next|read it here|read it next|read the article|up next|see also|see more|see more stories|see related|view more|view all|show more|load more|learn more|find out more|click here to read more|continue reading
more stories|more news|more articles|more on this|more on this story|more from|more on this topic|more like this|more to read|more to explore|more videos|more headlines|more coverage|more posts|more in|more for you|more reading|further reading|additional reading|suggested reading|suggested articles|suggested stories|suggested for you|suggestions|recommended|recommended for you|recommended reading|recommended stories|recommended articles|recommended news|recommended videos|recommended by|we recommend|our picks|our recommendations
you may also like|you might also like|you may like|you might like|you may also enjoy|you might also enjoy|you may be interested in|you may also be interested in|you might be interested in|you might also be interested in|you may have missed|dont miss|dont miss this|must read|must reads|must watch|must see|what to read next|what to watch|watch|watch now|watch more|watch next|watch also|also watch|listen|listen now|latest news|latest|latest stories|latest articles|latest posts|latest videos|latest headlines|recent posts|recent articles|recent stories|recent news|recently published|other stories|other news|other articles|next article|previous article|next story|previous story|next post|previous post|next up|keep reading|similar articles|similar stories|similar posts|from the web|around the web|from around the web|elsewhere on the web|featured|featured stories|featured articles|featured posts|featured video|featured videos|also of interest|of interest|explore more|discover more|more on|stories for you|for you|picked for you|just in|breaking news|headlines|todays headlines|view gallery|view all gallery|view comments and more`},
	{quoth.Newsletter, `
subscribe|subscribe now|subscribe today|subscribe here|subscribe for free|subscribe to our newsletter|subscribe to newsletter|subscribe to newsletters|subscribe to the newsletter|subscribe to our newsletters|subscribe to our mailing list|subscribe to updates|subscribed|subscriber only|subscribers only|for subscribers|exclusive for subscribers|already a subscriber|already a subscriber log in|become a subscriber|become a member|become a supporter|manage subscription|manage your subscription|manage newsletters
newsletter|newsletters|our newsletter|our newsletters|free newsletter|free newsletters|daily newsletter|weekly newsletter|email newsletter|email newsletters|newsletter sign up|newsletter signup|newsletter subscription|join our newsletter|join our mailing list|join the newsletter|get our newsletter|get our newsletters|get the newsletter|get newsletters|get the app|download the app|download our app|get our app
sign up|sign up now|sign up here|sign up today|sign up for free|sign up for our newsletter|sign up for our newsletters|sign up for newsletters|sign up to our newsletter|signup|sign me up|email address|email address required|enter email|enter your email|enter your email address|enter email address|your email|your email address|email required|email|please enter a valid email address|please enter a valid email|invalid email address|invalid email|stay informed|stay in the know|stay up to date|stay updated|stay in touch|stay connected|get alerts|get notifications|turn on notifications|enable notifications|get breaking news alerts|email alerts|news alerts|breaking news alerts|youre subscribed|you are subscribed|youre all set|thank you for subscribing|thanks for subscribing|thanks for signing up|thank you for signing up|unsubscribe|unsubscribe at any time|unsubscribe anytime|you can unsubscribe at any time|success|start your free trial|support us|support our journalism|donate|donate now|join now|join today|join our community|join us`},
	{quoth.Share, `
share|shares|share this|share this article|share this story|share this post|share this page|share this news|share article|share story|share post|share page|share on|share via|share with friends|share with your friends|share it|share now|share options|share to|share full article|sharing|share link|share by email|share save|share comment|share save comment|save|save article|save for later|save story|saved|bookmark|bookmark this|add to bookmarks|gift article|gift this article|give this article|send|send this|send to a friend|email this|email this article|email this story|email article|email a friend|email to a friend|mail|print|print article|print this article|print this page|print this|print friendly|copy|copy link|copy url|copied|copy link to clipboard|link copied|link copied to clipboard|url copied|copied to clipboard|copy the link|tweet|tweet this|retweet|pin|pin it|post|follow|follow us|follow us on|followed|following|follow me|follow us on social media|follow us on social|follow on|follow topic|follow this author|follow author|connect with us|connect|find us on|find us on facebook|like us on facebook|like|likes|listen to this article|listen to article|listen to the article|listen to this story|listen to story|republish|republish this article|republish this story|repost|add as preferred source on google|add us on google|make us preferred on google|follow us on google news|google preferred source`},
	{quoth.Comments, `
comment|comments|no comments|no comments yet|add comment|add a comment|add your comment|post comment|post a comment|leave comment|leave a comment|leave a reply|leave a reply cancel reply|leave a comment cancel reply|leave a replycancel reply|cancel reply|reply|replies|responses|show comments|show all comments|hide comments|view comments|view all comments|see comments|see all comments|read comments|read the comments|read all comments|load comments|load more comments|loading comments|join the conversation|join the discussion|join the debate|start the conversation|be the first to comment|write a comment|write your comment|write a reply|your comment|have your say|what do you think|comments are closed|comments closed|comments off|comments disabled|comment policy|comments policy|commenting guidelines|community guidelines|conversation|discussion|post your comment|submit comment|comment on this story|comment on this article|sort by newest|sort by oldest|newest|oldest|newest first|oldest first|top comments|log in to comment|login to comment|sign in to comment|log in to reply|login to reply|required fields are marked|save my name email and website in this browser for the next time i comment|your email address will not be published|your email address will not be published required fields are marked|notify me of new posts by email|notify me of follow up comments by email|comments powered by disqus|powered by disqus|about the comments|recent comments`},
	{quoth.FeedbackForm, `
feedback|give feedback|send feedback|leave feedback|leave your feedback|submit feedback|share feedback|share your feedback|your feedback|feedback form|site feedback|send us feedback|give us feedback|provide feedback|we value your feedback|we want your feedback|thank you for feedback|thank you for your feedback|thanks for your feedback|thanks for the feedback|thanks for letting us know|report an error|report error|report a mistake|report a typo|report an issue|report a problem|report this|report this article|report this content|report abuse|report a correction|report inaccuracy|report an inaccuracy|submit a correction|submit correction|suggest a correction|suggest correction|suggest an edit|request a correction|request correction|corrections|correction request|rate this|rate this article|rate this story|rate this post|rate this page|rate article|rate it|article rating|your rating|was this helpful|is this helpful|was it helpful|was this useful|was this article helpful|was this page helpful|was this article useful|was this page useful|was this content helpful|was this story helpful|was this post helpful|was this information helpful|was this article helpful yes no|did you find this helpful|did you find this useful|did you like this article|did you enjoy this article|did you find this article helpful|did you find this article useful|tell us why|tell us more|tell us what you think|help us improve|how can we improve|why did you not like this content|why did you not like this article|why did you not like this|why didnt you like this|why didnt you like this content|why didnt you like this article|clickbait misleading|misleading clickbait|factually incorrect|hateful or abusive|baseless opinion|too many ads|spotted an error|spot an error|found an error|found a mistake|see a mistake|see an error|spotted a mistake|noticed an error|notice an error|email the editor|yes no|submit rating`},
	{quoth.Tags, `
tags|tag|topics|in this story|in this article|filed under|categories|keywords|related tags|article tags|story tags|topics in this article|tagged|tagged in|more about|read more on|explore more on these topics|topic|follow topics`},
	{quoth.Notice, `
all rights reserved|copyright|copyright notice|disclaimer|disclosure|terms of use privacy policy|terms of service privacy policy|privacy policy terms of use|privacy policy|privacy notice|privacy statement|privacy|terms of use|terms of service|terms and conditions|terms conditions|terms|cookie policy|cookies policy|cookie notice|cookie settings|cookie preferences|cookies settings|manage cookies|manage consent|accept cookies|accept all cookies|accept all|reject all|your privacy choices|privacy choices|your privacy rights|do not sell my personal information|do not sell or share my personal information|california privacy rights|california notice at collection|accessibility statement|editorial policy|ethics policy|corrections policy|legal notice|legal|imprint|reprints|rights permissions|reprints and permissions`},
	{quoth.Navigation, `
home|homepage|menu|main menu|open menu|close menu|toggle navigation|toggle menu|navigation|main navigation|skip to content|skip to main content|skip to main|skip to navigation|skip to footer|jump to content|search|search for|open search|close search|search this site|log in|login|log out|logout|sign in|sign out|my account|account|register|create account|create an account|about us|about|contact us|contact|careers|jobs|advertise|advertise with us|help|help center|sitemap|site map|rss|rss feed|back to top|go to top|scroll to top|top|back|go back|next|previous|prev|close|more|all|show all|expand|collapse|open in app|open app|site index|sections|subscribe log in|e paper|epaper|todays paper|live tv|watch live|listen live|weather|horoscopes|crossword|obituaries|classifieds|newsroom|press room|media kit|choose language|select language|opens in a new window|opens in new window|loading|please wait|play|pause|mute|unmute|fullscreen|full screen|close dialog|click to expand|click to enlarge|enlarge image|enlarge|view fullscreen|open image in gallery|view image in fullscreen|image gallery|gallery|slideshow|photos|photo gallery|videos|video`},
	{quoth.Credit, `
getty images|getty|shutterstock|reuters|afp|ap|ap photo|associated press|istock|istockphoto|alamy|unsplash|pexels|pixabay|adobe stock|canva|wikimedia commons|file photo|file photos|file image|file pic|submitted photo|handout|handout photo|stock photo|stock image|photo credit|image credit|image source|picture credit|photo courtesy|photo submitted|view image credit|representational image|representative image|representational photo|photo illustration|courtesy photo`},
})

// lineList is the lines of one kind, with a bar or a line end between them.
type lineList struct {
	kind quoth.BlockKind
	list string
}

// lines turns lists into one map. A line that is in two keeps its first kind.
func lines(lists []lineList) map[string]quoth.BlockKind {
	m := make(map[string]quoth.BlockKind, 1200)
	for _, l := range lists {
		for line := range strings.FieldsFuncSeq(l.list, func(r rune) bool { return r == '|' || r == '\n' }) {
			if _, has := m[line]; !has {
				m[line] = l.kind
			}
		}
	}
	return m
}

// shareWords are the words of a row of share buttons; true for those that name a
// site or a way of sharing.
var shareWords = map[string]bool{
	"facebook": true, "twitter": true, "x": true, "whatsapp": true, "linkedin": true, "reddit": true, "pinterest": true, "telegram": true, "flipboard": true,
	"instagram": true, "tiktok": true, "youtube": true, "snapchat": true, "tumblr": true, "messenger": true, "threads": true, "bluesky": true, "mastodon": true,
	"email": true, "mail": true, "gmail": true, "sms": true, "pocket": true, "print": true, "copy": true, "tweet": true, "share": true, "fb": true, "viber": true,
	"line": true, "wechat": true, "weibo": true, "vk": true, "xing": true, "skype": true, "discord": true, "bookmark": true, "koo": true, "truth": true, "gettr": true, "parler": true, "yelp": true, "google": true,
	"on": false, "via": false, "to": false, "this": false, "link": false, "article": false, "story": false, "by": false, "and": false, "or": false, "with": false, "us": false, "post": false, "page": false, "save": false, "icon": false, "social": false, "plus": false, "more": false, "click": false, "opens": false, "in": false, "new": false, "window": false, "send": false, "follow": false, "pin": false, "it": false, "url": false, "comment": false, "comments": false, "a": false, "the": false, "friend": false, "logo": false, "news": false, "options": false, "your": false, "friends": false, "full": false,
}

// siteNames are what runs together in rows of buttons, longest first where one
// begins another.
var siteNames = []string{"facebook", "twitter", "whatsapp", "linkedin", "reddit", "pinterest", "telegram", "flipboard", "instagram", "tiktok", "youtube", "messenger", "email", "copylink", "copy", "print", "tumblr", "share", "on", "threads", "bluesky", "link"}

// beginning is a rule on the first words of a line.
type beginning struct {
	begins   string // folded
	kind     quoth.BlockKind
	maxWords int    // the line has no more words
	colon    bool   // a colon follows the words
	noStop   bool   // the line does not end as a sentence, nor with a colon
	has      string // the line's folded words hold one of these, blank between
}

const mail = "newsletter newsletters email emails inbox mailing alerts updates briefing free daily weekly digest notifications app delivered"

// beginnings are the rules, by the first word.
var beginnings = byFirstWord([]beginning{
	{begins: "related", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related story", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related stories", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related article", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related articles", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related posts", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related video", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "related content", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "read more", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "read more", kind: quoth.Related, maxWords: 14, noStop: true},
	{begins: "read also", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "read next", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "read", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "read full", kind: quoth.Related, maxWords: 20, colon: true},
	{begins: "read the full", kind: quoth.Related, maxWords: 14, has: "story article report here"},
	{begins: "also read", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "also read", kind: quoth.Related, maxWords: 30, noStop: true},
	{begins: "also see", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "also watch", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "must read", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "see also", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "see more", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "dont miss", kind: quoth.Related, maxWords: 60, colon: true},
	{begins: "more", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "more news", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "more on this", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "more from", kind: quoth.Related, maxWords: 10, noStop: true},
	{begins: "more stories", kind: quoth.Related, maxWords: 10, noStop: true},
	{begins: "further reading", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "recommended", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "watch", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "watch video", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "watch more", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "listen", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "next", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "up next", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "previous", kind: quoth.Related, maxWords: 40, colon: true},
	{begins: "you may also like", kind: quoth.Related, maxWords: 60},
	{begins: "you might also like", kind: quoth.Related, maxWords: 60},
	{begins: "click here to", kind: quoth.Related, maxWords: 30, has: "read more subscribe sign get watch see view download join follow app"},
	{begins: "click here for", kind: quoth.Related, maxWords: 30},
	{begins: "trending", kind: quoth.Trending, maxWords: 40, colon: true},
	{begins: "trending now", kind: quoth.Trending, maxWords: 40, colon: true},
	{begins: "trending on", kind: quoth.Trending, maxWords: 6, noStop: true},
	{begins: "trending in", kind: quoth.Trending, maxWords: 6, noStop: true},
	{begins: "trending now on", kind: quoth.Trending, maxWords: 8, noStop: true},
	{begins: "most read", kind: quoth.Trending, maxWords: 6, noStop: true},
	{begins: "most popular", kind: quoth.Trending, maxWords: 5, noStop: true},
	{begins: "popular on", kind: quoth.Trending, maxWords: 5, noStop: true},
	{begins: "popular in", kind: quoth.Trending, maxWords: 5, noStop: true},
	{begins: "in case you missed it", kind: quoth.Related, maxWords: 40, colon: true},

	{begins: "story continues below", kind: quoth.Advertisement, maxWords: 12},
	{begins: "article continues below", kind: quoth.Advertisement, maxWords: 12},
	{begins: "article continues after", kind: quoth.Advertisement, maxWords: 12},
	{begins: "story continues after", kind: quoth.Advertisement, maxWords: 12},
	{begins: "advertisement", kind: quoth.Advertisement, maxWords: 12, noStop: true, has: "continue continues scroll below reading story article skip"},
	{begins: "sponsored by", kind: quoth.Advertisement, maxWords: 6, noStop: true},
	{begins: "sponsored", kind: quoth.Advertisement, maxWords: 40, colon: true},
	{begins: "presented by", kind: quoth.Advertisement, maxWords: 5, noStop: true},
	{begins: "paid for by", kind: quoth.Advertisement, maxWords: 8, noStop: true},

	{begins: "sign up for", kind: quoth.Newsletter, maxWords: 60, has: mail},
	{begins: "sign up to", kind: quoth.Newsletter, maxWords: 60, has: mail},
	{begins: "sign up here", kind: quoth.Newsletter, maxWords: 40},
	{begins: "sign up now", kind: quoth.Newsletter, maxWords: 40},
	{begins: "subscribe to", kind: quoth.Newsletter, maxWords: 60},
	{begins: "subscribe for", kind: quoth.Newsletter, maxWords: 30},
	{begins: "subscribe now", kind: quoth.Newsletter, maxWords: 40},
	{begins: "subscribe today", kind: quoth.Newsletter, maxWords: 40},
	{begins: "subscribe and", kind: quoth.Newsletter, maxWords: 40},
	{begins: "subscribe on", kind: quoth.Newsletter, maxWords: 20},
	{begins: "subscribe", kind: quoth.Newsletter, maxWords: 5, noStop: true},
	{begins: "newsletter", kind: quoth.Newsletter, maxWords: 30, has: "sign subscribe signup email"},
	{begins: "get our", kind: quoth.Newsletter, maxWords: 40, has: mail},
	{begins: "get the", kind: quoth.Newsletter, maxWords: 40, has: "newsletter newsletters inbox app"},
	{begins: "get all the", kind: quoth.Newsletter, maxWords: 60, has: "newsletter newsletters inbox"},
	{begins: "get breaking", kind: quoth.Newsletter, maxWords: 40, has: mail},
	{begins: "get latest", kind: quoth.Newsletter, maxWords: 50, has: mail},
	{begins: "get more", kind: quoth.Newsletter, maxWords: 40, has: "newsletter newsletters inbox"},
	{begins: "join our", kind: quoth.Newsletter, maxWords: 40, has: "newsletter mailing whatsapp telegram channel community list inbox"},
	{begins: "join the", kind: quoth.Newsletter, maxWords: 20, has: "newsletter mailing inbox"},
	{begins: "enter your email", kind: quoth.Newsletter, maxWords: 40},
	{begins: "by signing up", kind: quoth.Newsletter, maxWords: 80},
	{begins: "by subscribing", kind: quoth.Newsletter, maxWords: 80},
	{begins: "by submitting", kind: quoth.Newsletter, maxWords: 80, has: "agree email privacy"},
	{begins: "by entering your email", kind: quoth.Newsletter, maxWords: 80},
	{begins: "by providing your email", kind: quoth.Newsletter, maxWords: 80},
	{begins: "by clicking", kind: quoth.Newsletter, maxWords: 80, has: "agree"},
	{begins: "youve successfully subscribed", kind: quoth.Newsletter, maxWords: 40},
	{begins: "you have successfully subscribed", kind: quoth.Newsletter, maxWords: 40},
	{begins: "thank you for subscribing", kind: quoth.Newsletter, maxWords: 40},
	{begins: "thanks for subscribing", kind: quoth.Newsletter, maxWords: 40},
	{begins: "thank you for signing up", kind: quoth.Newsletter, maxWords: 40},
	{begins: "thanks for signing up", kind: quoth.Newsletter, maxWords: 40},
	{begins: "an email has been sent", kind: quoth.Newsletter, maxWords: 40},
	{begins: "please enter a valid email", kind: quoth.Newsletter, maxWords: 60},
	{begins: "already a subscriber", kind: quoth.Newsletter, maxWords: 20},
	{begins: "want more", kind: quoth.Newsletter, maxWords: 40, has: "newsletter newsletters inbox"},
	{begins: "stay up to date", kind: quoth.Newsletter, maxWords: 40},
	{begins: "download the", kind: quoth.Newsletter, maxWords: 20, has: "app"},
	{begins: "download our", kind: quoth.Newsletter, maxWords: 20, has: "app"},

	{begins: "share this", kind: quoth.Share, maxWords: 12, noStop: true},
	{begins: "share this", kind: quoth.Share, maxWords: 30, colon: true},
	{begins: "share on", kind: quoth.Share, maxWords: 12, noStop: true},
	{begins: "share via", kind: quoth.Share, maxWords: 12, noStop: true},
	{begins: "click to share", kind: quoth.Share, maxWords: 30},
	{begins: "click to email", kind: quoth.Share, maxWords: 30},
	{begins: "click to print", kind: quoth.Share, maxWords: 30},
	{begins: "follow us on", kind: quoth.Share, maxWords: 40},
	{begins: "follow us", kind: quoth.Share, maxWords: 12, noStop: true},
	{begins: "like us on facebook", kind: quoth.Share, maxWords: 30},
	{begins: "find us on", kind: quoth.Share, maxWords: 20, has: "facebook twitter instagram x youtube tiktok"},
	{begins: "add us as", kind: quoth.Share, maxWords: 20, has: "google"},

	{begins: "leave a reply", kind: quoth.Comments, maxWords: 20},
	{begins: "leave a comment", kind: quoth.Comments, maxWords: 20},
	{begins: "post a comment", kind: quoth.Comments, maxWords: 12},
	{begins: "view comments", kind: quoth.Comments, maxWords: 6, noStop: true},
	{begins: "comments powered by", kind: quoth.Comments, maxWords: 8},
	{begins: "comments are", kind: quoth.Comments, maxWords: 30, has: "closed moderated disabled subject"},
	{begins: "all comments are", kind: quoth.Comments, maxWords: 30},
	{begins: "please read our comment", kind: quoth.Comments, maxWords: 20},
	{begins: "you must be logged in to", kind: quoth.Comments, maxWords: 20},
	{begins: "you must be signed in to", kind: quoth.Comments, maxWords: 20},
	{begins: "you need to be logged in to", kind: quoth.Comments, maxWords: 20},
	{begins: "please log in to", kind: quoth.Comments, maxWords: 20},
	{begins: "this site uses akismet", kind: quoth.Comments, maxWords: 30},
	{begins: "be the first to comment", kind: quoth.Comments, maxWords: 12},
	{begins: "be the first to leave", kind: quoth.Comments, maxWords: 12},
	{begins: "join the conversation", kind: quoth.Comments, maxWords: 8, noStop: true},
	{begins: "your email address will not be published", kind: quoth.Comments, maxWords: 30},
	{begins: "save my name email", kind: quoth.Comments, maxWords: 30},
	{begins: "notify me of", kind: quoth.Comments, maxWords: 14, has: "comments posts"},
	{begins: "let us know", kind: quoth.Comments, maxWords: 16, has: "comments below"},
	{begins: "tell us in the comments", kind: quoth.Comments, maxWords: 16},

	{begins: "tags", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "tag", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "topics", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "related topics", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "related tags", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "trends", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "filed under", kind: quoth.Tags, maxWords: 40, noStop: true},
	{begins: "posted in", kind: quoth.Tags, maxWords: 20, noStop: true},
	{begins: "categories", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "category", kind: quoth.Tags, maxWords: 60, colon: true},
	{begins: "keywords", kind: quoth.Tags, maxWords: 60, colon: true},

	{begins: "copyright", kind: quoth.Notice, maxWords: 80, has: copyrightWords},
	{begins: "all rights reserved", kind: quoth.Notice, maxWords: 60},
	{begins: "this material may not be", kind: quoth.Notice, maxWords: 60},
	{begins: "this content may not be", kind: quoth.Notice, maxWords: 60},
	{begins: "this site is protected by", kind: quoth.Notice, maxWords: 60},
	{begins: "this article was originally published", kind: quoth.Notice, maxWords: 60},
	{begins: "this article originally appeared", kind: quoth.Notice, maxWords: 60},
	{begins: "this story originally appeared", kind: quoth.Notice, maxWords: 60},
	{begins: "this story was originally published", kind: quoth.Notice, maxWords: 60},
	{begins: "this post originally appeared", kind: quoth.Notice, maxWords: 60},
	{begins: "this article contains affiliate", kind: quoth.Notice, maxWords: 60},
	{begins: "this post contains affiliate", kind: quoth.Notice, maxWords: 60},
	{begins: "we may earn", kind: quoth.Notice, maxWords: 60, has: "commission commissions affiliate"},
	{begins: "we use cookies", kind: quoth.Notice, maxWords: 90},
	{begins: "this website uses cookies", kind: quoth.Notice, maxWords: 90},
	{begins: "this site uses cookies", kind: quoth.Notice, maxWords: 90},
	{begins: "by continuing to", kind: quoth.Notice, maxWords: 60, has: "cookies agree"},
	{begins: "by using this", kind: quoth.Notice, maxWords: 60, has: "agree cookies"},
	{begins: "the views expressed", kind: quoth.Notice, maxWords: 60, has: "authors author own necessarily"},
	{begins: "the opinions expressed", kind: quoth.Notice, maxWords: 60, has: "authors author own necessarily"},
	{begins: "views expressed", kind: quoth.Notice, maxWords: 60, has: "authors author own necessarily personal"},
	{begins: "disclaimer", kind: quoth.Notice, maxWords: 90, colon: true},
	{begins: "privacy policy", kind: quoth.Notice, maxWords: 8, noStop: true},
	{begins: "terms of use", kind: quoth.Notice, maxWords: 12, noStop: true},
	{begins: "terms of service", kind: quoth.Notice, maxWords: 12, noStop: true},
	{begins: "republished with permission", kind: quoth.Notice, maxWords: 40},
	{begins: "with inputs from", kind: quoth.Notice, maxWords: 12},
	{begins: "edited by", kind: quoth.Byline, maxWords: 10},
	{begins: "written by", kind: quoth.Byline, maxWords: 10, noStop: true},
	{begins: "reported by", kind: quoth.Byline, maxWords: 10, noStop: true},
	{begins: "published by", kind: quoth.Byline, maxWords: 10, noStop: true},
	{begins: "story by", kind: quoth.Byline, maxWords: 10, noStop: true},
	{begins: "words by", kind: quoth.Byline, maxWords: 10, noStop: true},
	{begins: "reporting by", kind: quoth.Byline, maxWords: 40},
	{begins: "all articles by", kind: quoth.Byline, maxWords: 8, noStop: true},
	{begins: "skip to", kind: quoth.Navigation, maxWords: 6, noStop: true},
	{begins: "jump to", kind: quoth.Navigation, maxWords: 5, noStop: true},
	{begins: "opens in", kind: quoth.Navigation, maxWords: 6},
	{begins: "back to", kind: quoth.Navigation, maxWords: 3, noStop: true, has: "top home homepage"},

	{begins: "photo", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "photos", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "photograph", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "photography", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "photographer", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "picture", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "pictures", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "pic", kind: quoth.Credit, maxWords: 20, colon: true},
	{begins: "image", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "images", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "credit", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "credits", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "illustration", kind: quoth.Credit, maxWords: 25, colon: true},
	{begins: "photo credit", kind: quoth.Credit, maxWords: 25},
	{begins: "photo credits", kind: quoth.Credit, maxWords: 25},
	{begins: "image credit", kind: quoth.Credit, maxWords: 25},
	{begins: "image credits", kind: quoth.Credit, maxWords: 25},
	{begins: "image source", kind: quoth.Credit, maxWords: 20},
	{begins: "picture credit", kind: quoth.Credit, maxWords: 25},
	{begins: "photo by", kind: quoth.Credit, maxWords: 20},
	{begins: "photos by", kind: quoth.Credit, maxWords: 20},
	{begins: "photograph by", kind: quoth.Credit, maxWords: 20},
	{begins: "photography by", kind: quoth.Credit, maxWords: 20},
	{begins: "photo courtesy", kind: quoth.Credit, maxWords: 25},
	{begins: "photos courtesy", kind: quoth.Credit, maxWords: 25},
	{begins: "image courtesy", kind: quoth.Credit, maxWords: 25},
	{begins: "images courtesy", kind: quoth.Credit, maxWords: 25},
	{begins: "photo illustration by", kind: quoth.Credit, maxWords: 25},
	{begins: "image via", kind: quoth.Credit, maxWords: 20},
	{begins: "photo via", kind: quoth.Credit, maxWords: 20},
	{begins: "illustration by", kind: quoth.Credit, maxWords: 20},
	{begins: "courtesy of", kind: quoth.Credit, maxWords: 14, noStop: true},
	{begins: "getty images", kind: quoth.Credit, maxWords: 8, noStop: true},
	{begins: "ap photo", kind: quoth.Credit, maxWords: 10, noStop: true},
	{begins: "file photo", kind: quoth.Caption, maxWords: 60, colon: true},
	{begins: "file", kind: quoth.Caption, maxWords: 60, colon: true},
	{begins: "representational", kind: quoth.Caption, maxWords: 8, noStop: true, has: "image photo picture pic"},

	{begins: "was this", kind: quoth.FeedbackForm, maxWords: 60, has: "helpful useful interesting"},
	{begins: "report an error", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "report a typo", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "report a correction", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "submit a correction", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "suggest a correction", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "see something wrong", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "spotted an error", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "found an error", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "ask a question or give feedback", kind: quoth.FeedbackForm, maxWords: 30},
	{begins: "no votes so far", kind: quoth.FeedbackForm, maxWords: 20},
	{begins: "be the first to rate", kind: quoth.FeedbackForm, maxWords: 12},
})

const copyrightWords = "reserved inc ltd llc limited corporation 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029 2030 the by"

func byFirstWord(rules []beginning) map[string][]beginning {
	m := make(map[string][]beginning)
	for _, r := range rules {
		first, _, _ := strings.Cut(r.begins, " ")
		m[first] = append(m[first], r)
	}
	return m
}

// pictureWords begin a credit in brackets.
var pictureWords = set("image images photo photos photograph photography picture pictures pic pics credit credits illustration screenshot screengrab source imagecredit graphic representational")

// creditLinks stand between one of pictureWords and a name.
var creditLinks = set("via by courtesy credit credits source from supplied provided copyright ap afp reuters getty illustration used shared posted sourced taken")

// agencies are picture agencies, by the first word of their names.
var agencies = set("getty gettyimages shutterstock istock istockphoto alamy unsplash pexels pixabay flickr imago canva zuma newscom epa imagn rex splash backgrid filmmagic wireimage depositphotos dreamstime wikimedia freepik")

// wires are agencies whose names also mean other things: they count only after a
// stroke or "via".
var wires = set("ap afp reuters bloomberg pti ani pa tns upi anadolu xinhua|epa efe|usa today|associated press|the associated press|pa wire|pa images|pa media|usa today sports|usa today network|ap photo|ap images|ap file|file|pool|anadolu agency|adobe stock|nurphoto|tribune news service|the canadian press|dpa|picture alliance|handout|staff")

// viaSites are where pictures are taken from.
var viaSites = set("instagram x twitter facebook youtube tiktok reddit netflix imdb spotify flickr wikipedia website")

// set makes a set of words; where list holds a bar, its later parts are phrases.
func set(list string) map[string]bool {
	m := make(map[string]bool)
	words, phrases, _ := strings.Cut(list, "|")
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	for p := range strings.SplitSeq(phrases, "|") {
		if p != "" {
			m[p] = true
		}
	}
	return m
}

// creditMarks begin a credit at the end of a caption.
var creditMarks = []string{"Photo: ", "Photo by ", "Photos by ", "Photos: ", "Photo/", "Photograph: ", "Photograph by ", "Picture: ", "Image: ", "Image credit: ", "Photo credit: ", "Photo Credit: ", "Image Credit: ", "Credit: ", "Photo courtesy of ", "Courtesy of ", "Photo courtesy ", "Image courtesy of ", "Pic: ", "Illustration: ", "Illustration by ", "Image via ", "Photo via ", "PHOTO: ", "IMAGE: ", "CREDIT: ", "AP Photo/", "Image/", "Source: "}

// creditParts are such that each of creditMarks holds one: most lines hold none.
var creditParts = []string{": ", " by ", "ourtesy ", "/", " via "}
