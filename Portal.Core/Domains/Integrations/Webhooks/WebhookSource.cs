namespace Portal.Core.Domains.Integrations;

/// <summary>How one provider's webhooks are told from made-up ones, and what is in them. It reads nothing but what it is given.</summary>
public abstract class WebhookSource
{
    /// <summary>How far a provider's clock may be from ours, and how long a copy of a request is good for.</summary>
    protected static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public abstract Provider Provider { get; }

    /// <summary>The name in the address and in the inbox.</summary>
    public string Name => Input.Name(Provider.ToString());

    /// <summary>More than any of its batches.</summary>
    public virtual int MostBytes => 1 << 20;

    public virtual bool Takes(WebhookRequest request) => request.IsJson;

    /// <summary>Whether they sign only where somebody has turned that on: then what is not signed may be theirs.</summary>
    public virtual bool MayComeUnsigned => false;

    /// <summary>What of an account its webhooks are verified with; nothing where that is not set.</summary>
    public abstract IEnumerable<string> SecretsOf(ProviderAccount account);

    /// <summary>Whether it is signed at all, in the provider's way. What is not needs no secret to be refused.</summary>
    public abstract bool IsSigned(WebhookRequest request);

    /// <summary>The certificate it says it was signed with, for the one provider that has such.</summary>
    public virtual Uri? CertificateOf(WebhookRequest request) => null;

    /// <summary>Whether one of these secrets, all of which hold at once, has signed it lately.</summary>
    public abstract bool IsGenuine(WebhookRequest request, WebhookProof proof);

    /// <summary>One or several events. What cannot be read is one as well: it was signed, so it is kept.</summary>
    public IReadOnlyList<InboxArrival> Read(WebhookRequest request)
    {
        try
        {
            return Events(request);
        }
        catch (InvalidOperationException)
        {
            return EventJson.NotRead(request.Body); // a name or a text with half a character in it
        }
    }

    protected abstract IReadOnlyList<InboxArrival> Events(WebhookRequest request);
}

/// <param name="Secrets">Of all accounts that may have signed.</param>
/// <param name="Now">By our clock.</param>
/// <param name="Certificate">The public key of the certificate that was asked for.</param>
public sealed record WebhookProof(IReadOnlyList<string> Secrets, DateTime Now, System.Security.Cryptography.X509Certificates.X509Certificate2? Certificate = null);
