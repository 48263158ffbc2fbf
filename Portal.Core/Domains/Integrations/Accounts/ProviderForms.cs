using static Portal.Core.Domains.Integrations.ProviderField;
using static Portal.Core.Domains.Integrations.ProviderFieldChecks;

namespace Portal.Core.Domains.Integrations;

/// <summary>The one table of all providers and of what each wants to know.</summary>
public static class ProviderForms
{
    private static readonly ProviderField From = new("from", "Sender address", "Whom mail comes from. Without it, the agency's sender.") { Kind = ProviderFieldKind.Email, IsBeside = true, Variable = "EMAIL_FROM_ADDRESS" };
    private static readonly ProviderField WebhookSecret = new("webhook_secret", "Webhook signing secret", "Proves that a webhook comes from them. It is shown where you add our address to their webhooks.") { IsSecret = true, IsBeside = true };
    private static readonly ProviderField ExpiresOn = new("expires_on", "Expires on", "The day the credentials stop working, if they do. Two weeks before, the admins are told.") { Kind = ProviderFieldKind.Day, IsBeside = true };

    public static readonly IReadOnlyList<ProviderForm> All =
    [
        new(Provider.Smtp, "SMTP", "E-mail through a mail server of your own.", null, null,
            new("user", "User name", "The login, where the server wants one.") { Variable = "SMTP_USER" },
            new(Secret, "Password", "Of that login.") { Variable = "SMTP_PASSWORD" },
            From),
        new(Provider.Sendgrid, "SendGrid", "E-mail, with word of what was delivered and opened.", "https://api.sendgrid.com", null,
            new(Key, "API key", "Settings, API Keys. It needs the right to send mail.") { IsRequired = true, Variable = "SENDGRID_API_KEY" },
            new("public_key", "Webhook verification key", "Settings, Mail Settings, Event Webhook, Signature Verification. It is public. Of several, an empty line between.") { Kind = ProviderFieldKind.LongText, Wrong = EcKey, IsBeside = true, Verifies = true, Variable = "SENDGRID_WEBHOOK_PUBLIC_KEY" },
            From, ExpiresOn),
        new(Provider.Resend, "Resend", "E-mail, with word of what was delivered and opened.", "https://api.resend.com", null,
            new(Key, "API key", "API Keys. It begins with re_.") { IsRequired = true, Variable = "RESEND_API_KEY" },
            WebhookSecret with { Wrong = SvixSecret, Variable = "RESEND_WEBHOOK_SECRET" },
            From, ExpiresOn),
        new(Provider.Twilio, "Twilio", "Text messages.", "https://api.twilio.com", null,
            new(Key, "Account SID", "On the console's first page. It begins with AC.") { IsRequired = true, Variable = "TWILIO_ACCOUNT_SID" },
            new(Secret, "Auth token", "Beside the account SID. It signs their webhooks too.") { IsRequired = true, Variable = "TWILIO_AUTH_TOKEN" },
            new("from", "Sender number", "In the international form, +263…, the SID of a messaging service, or a name.") { Wrong = Sender, IsBeside = true, Variable = "TWILIO_FROM" }),
        new(Provider.Whatsapp, "WhatsApp Business", "Templates, messages and media over the Cloud API.", "https://graph.facebook.com", null,
            new(Token, "Access token", "Of a system user, with the right to send messages.") { IsRequired = true, Variable = "WHATSAPP_ACCESS_TOKEN" },
            new("phone_number_id", "Phone number ID", "WhatsApp, API Setup. Not the number itself.") { IsRequired = true, Wrong = Digits, Variable = "WHATSAPP_PHONE_NUMBER_ID" },
            new("business_account_id", "Business account ID", "WhatsApp, API Setup. Needed for templates.") { Variable = "WHATSAPP_BUSINESS_ACCOUNT_ID" },
            new("api_version", "API version", "Like v23.0. Without it, ours.") { Wrong = MetaVersion, Variable = "WHATSAPP_API_VERSION" },
            new("notice_template", "Template for notices", "An approved template with one place in its body, like notice or notice:en_GB. Codes and notices go by it; without it Meta takes them only from people who wrote within a day.") { IsBeside = true },
            new("app_secret", "App secret", "App settings, Basic. It proves that a webhook comes from Meta.") { IsSecret = true, IsBeside = true, Variable = "WHATSAPP_APP_SECRET" },
            new("verify_token", "Verify token", "A word of your own: enter the same one where you add our address to the webhooks.") { IsSecret = true, IsBeside = true, Variable = "WHATSAPP_VERIFY_TOKEN" },
            ExpiresOn),
        new(Provider.Stripe, "Stripe", "Cards, checkout, subscriptions and refunds.", "https://api.stripe.com", null,
            new(Key, "Secret key", "Developers, API keys. It begins with sk_ or rk_.") { IsRequired = true, WrongIn = StripeKey, Variable = "STRIPE_SECRET_KEY" },
            new("publishable_key", "Publishable key", "It begins with pk_ and is no secret.") { IsBeside = true, WrongIn = StripeKey, Variable = "STRIPE_PUBLISHABLE_KEY" },
            WebhookSecret with { Help = "Developers, Webhooks, the endpoint, Signing secret. It begins with whsec_.", Variable = "STRIPE_WEBHOOK_SECRET" },
            new("api_version", "API version", "Like 2026-08-26.dahlia. Without it, ours.") { Wrong = StripeVersion }, ExpiresOn),
        new(Provider.Paypal, "PayPal", "Orders, captures, refunds and subscriptions.", "https://api-m.paypal.com", "https://api-m.sandbox.paypal.com",
            new(Key, "Client ID", "Apps & Credentials, your app.") { IsRequired = true, Variable = "PAYPAL_CLIENT_ID" },
            new(Secret, "Client secret", "Beside the client ID.") { IsRequired = true, Variable = "PAYPAL_CLIENT_SECRET" },
            new("webhook_id", "Webhook ID", "Of our address among the app's webhooks: what they sign names it. Of several, a comma between.") { IsBeside = true, Verifies = true, Variable = "PAYPAL_WEBHOOK_ID" }),
        new(Provider.Namecheap, "Namecheap", "Domains: search, registration and DNS.", "https://api.namecheap.com", "https://api.sandbox.namecheap.com",
            new(Key, "API key", "Profile, Tools, API Access.") { IsRequired = true, Variable = "NAMECHEAP_API_KEY" },
            new("api_user", "API user", "The user name the key belongs to.") { IsRequired = true, Variable = "NAMECHEAP_API_USER" },
            new("user_name", "User name", "Whose domains they are, where that is another than the API user.") { Variable = "NAMECHEAP_USER_NAME" },
            new("client_ip", "Our address", "The IPv4 address they have on their list for this key.") { Wrong = Address, Variable = "NAMECHEAP_CLIENT_IP" }),
        new(Provider.Cloudflare, "Cloudflare", "DNS zones, records and certificates.", "https://api.cloudflare.com/client/v4", null,
            new(Token, "API token", "My Profile, API Tokens, with the right to edit zones.") { IsRequired = true, Variable = "CLOUDFLARE_API_TOKEN" },
            new("account_id", "Account ID", "Where new zones belong.") { Variable = "CLOUDFLARE_ACCOUNT_ID" }, ExpiresOn),
        new(Provider.PageSpeed, "PageSpeed Insights", "How fast clients' websites are.", "https://pagespeedonline.googleapis.com", null,
            [new(Key, "API key", "Google Cloud, Credentials. It works without one, but seldom.") { Variable = "PAGE_SPEED_API_KEY" }]),
        Google(Provider.SearchConsole, "Google Search Console", "What clients' websites are found by.", "https://searchconsole.googleapis.com", "SEARCH_CONSOLE",
            new("site_url", "Site", "As Search Console writes it: https://example.com/ or sc-domain:example.com.")),
        Google(Provider.Analytics, "Google Analytics 4", "Who visits clients' websites.", "https://analyticsdata.googleapis.com", "ANALYTICS",
            new("property_id", "Property ID", "Only the digits. Admin, Property settings.") { Wrong = Digits }),
        new(Provider.Instagram, "Instagram", "Publishing posts, stories and reels.", "https://graph.facebook.com", null,
            new(Token, "Access token", "Of the page the Instagram account is connected to.") { IsRequired = true, Variable = "INSTAGRAM_ACCESS_TOKEN" },
            new("account_id", "Instagram account ID", "Of the professional account.") { IsRequired = true, Variable = "INSTAGRAM_ACCOUNT_ID" },
            new("api_version", "API version", "Like v23.0. Without it, ours.") { Wrong = MetaVersion }, ExpiresOn),
        Google(Provider.Youtube, "YouTube", "Publishing videos.", "https://www.googleapis.com", "YOUTUBE",
            new("channel_id", "Channel ID", "It begins with UC.")),
        new(Provider.Tiktok, "TikTok", "Publishing videos.", "https://open.tiktokapis.com", null,
            new(Key, "Client key", "Manage apps, your app.") { Variable = "TIKTOK_CLIENT_KEY" },
            new(Secret, "Client secret", "Beside the client key.") { Variable = "TIKTOK_CLIENT_SECRET" },
            new(Token, "Access token", "Of the account that posts, with video.publish.") { IsRequired = true, Variable = "TIKTOK_ACCESS_TOKEN" },
            new("refresh_token", "Refresh token", "Renews the access token.") { IsSecret = true, Variable = "TIKTOK_REFRESH_TOKEN" }, ExpiresOn),
    ];

    private static readonly Dictionary<Provider, ProviderForm> ByProvider = All.ToDictionary(f => f.Provider);

    public static ProviderForm Of(Provider provider) => ByProvider[provider];

    /// <summary>Google's three ways in: a service account's key, or a client and the refresh token that somebody gave it.</summary>
    private static ProviderForm Google(Provider provider, string title, string about, string url, string prefix, ProviderField of) => new(
        provider, title, about, url, null,
        new("service_account", "Service account key", "The JSON file of a service account that was given access. With it, nothing else is needed.") { Kind = ProviderFieldKind.LongText, IsSecret = true, Variable = $"{prefix}_SERVICE_ACCOUNT" },
        new(Key, "OAuth client ID", "Google Cloud, Credentials.") { Variable = $"{prefix}_CLIENT_ID" },
        new(Secret, "OAuth client secret", "Beside the client ID.") { Variable = $"{prefix}_CLIENT_SECRET" },
        new(Token, "Refresh token", "Of whoever gave the client access; or an access token, which lasts an hour.") { Variable = $"{prefix}_TOKEN" },
        of)
    {
        AnyOf = ["service_account", Token],
    };
}
