namespace Portal.Core.Domains.Integrations;

/// <summary>Who does something for the portal over the network.</summary>
public enum Provider
{
    Smtp,
    Sendgrid,
    Resend,
    Twilio,
    Whatsapp,
    Stripe,
    Paypal,
    Namecheap,
    Cloudflare,
    PageSpeed,
    SearchConsole,
    Analytics,
    Instagram,
    Youtube,
    Tiktok,
}

/// <summary>Where the credentials of an account came from.</summary>
public enum AccountSource
{
    Database,
    Environment,
    Simulator,
}
