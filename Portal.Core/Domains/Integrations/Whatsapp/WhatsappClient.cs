using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// The WhatsApp Cloud API. It has no way to say the same message once, so one whose answer was lost is not sent again here: the trouble
/// says that it may have arrived.
/// </summary>
public sealed partial class WhatsappClient(ProviderHttp http) : IProviderProbe
{
    private const int MostPages = 20;

    public Provider Provider => Provider.Whatsapp;

    /// <summary>Words of one's own, which Meta takes within a day of the other side's last message only.</summary>
    /// <returns>The message's id, which its statuses carry.</returns>
    public Task<string> SendTextAsync(ProviderAccount account, string to, string text, string? answers, CancellationToken ct) =>
        SendAsync(account, new(Number(to), "text") { Text = new(text, text.Contains("https://", StringComparison.Ordinal)), Context = answers is null ? null : new(answers) }, ct);

    public Task<string> SendTemplateAsync(ProviderAccount account, string to, WhatsappTemplate template, CancellationToken ct) =>
        SendAsync(account, new(Number(to), "template") { Template = Wire(template) }, ct);

    public Task<string> SendMediaAsync(ProviderAccount account, string to, WhatsappMedia media, CancellationToken ct)
    {
        var wire = Wire(media);
        return SendAsync(account, new(Number(to), Name(media.Kind))
        {
            Image = media.Kind is WhatsappMediaKind.Image ? wire : null,
            Video = media.Kind is WhatsappMediaKind.Video ? wire : null,
            Audio = media.Kind is WhatsappMediaKind.Audio ? wire : null,
            Document = media.Kind is WhatsappMediaKind.Document ? wire : null,
        }, ct);
    }

    /// <returns>An id to send it by, good for thirty days.</returns>
    public async Task<string> UploadAsync(ProviderAccount account, string fileName, string type, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var content = new MultipartForm().Add("messaging_product", "whatsapp").Add("type", type).Add("file", fileName, type, bytes.Span).Build();
        var reply = await AskAsync(account, HttpMethod.Post, $"{MetaGraph.Need(account, "phone_number_id")}/media", "upload media", ct, content);
        return reply.Read(account, WhatsappJson.Default.WhatsappId).Id;
    }

    /// <summary>All templates of the business account, or those of a name in all their languages.</summary>
    public async Task<IReadOnlyList<WhatsappTemplateState>> TemplatesAsync(ProviderAccount account, string? name, CancellationToken ct)
    {
        var path = $"{MetaGraph.Need(account, "business_account_id")}/message_templates?limit=100{(name is null ? "" : $"&name={Uri.EscapeDataString(name)}")}";
        var (found, after) = (new List<WhatsappTemplateState>(), (string?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var reply = await AskAsync(account, HttpMethod.Get, after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}", "list templates", ct);
            var read = reply.Read(account, WhatsappJson.Default.WhatsappTemplates);
            found.AddRange(read.Data);
            after = read.Paging?.Next is null ? null : read.Paging.Cursors?.After;
            if (after is null)
                break;
        }

        return found;
    }

    public async Task<WhatsappTemplateState> TemplateAsync(ProviderAccount account, string id, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, Uri.EscapeDataString(id), "read template", ct)).Read(account, WhatsappJson.Default.WhatsappTemplateState);

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var reply = await AskAsync(account, HttpMethod.Get, $"{MetaGraph.Need(account, "phone_number_id")}?fields=display_phone_number,verified_name,quality_rating", "read number", ct);
        var number = reply.Read(account, WhatsappJson.Default.WhatsappNumber);
        return new(true, $"The token works for {number.DisplayPhoneNumber ?? "this number"}{(number.VerifiedName is { } name ? $" ({name})" : "")}.");
    });

    private async Task<string> SendAsync(ProviderAccount account, WhatsappMessage message, CancellationToken ct)
    {
        var content = ProviderJson.Content(message, WhatsappJson.Default.WhatsappMessage);
        var reply = await AskAsync(account, HttpMethod.Post, $"{MetaGraph.Need(account, "phone_number_id")}/messages", $"send {message.Type}", ct, content);
        return reply.Read(account, WhatsappJson.Default.WhatsappSent).Messages is [{ Id: var id }, ..]
            ? id
            : throw new ProviderUnavailable(Provider, "WhatsApp took the message and gave it no id.") { MayHaveArrived = true };
    }

    private Task<ProviderReply> AskAsync(ProviderAccount account, HttpMethod method, string path, string name, CancellationToken ct, ProviderContent? content = null) =>
        http.SendAsync(account, new(method, MetaGraph.Path(account, path), name)
        {
            Authorization = ProviderJson.Bearer(account.Token),
            Content = content,
            Reads = MetaGraph.Read,
        }, ct);

    private static WhatsappTemplateWire Wire(WhatsappTemplate template)
    {
        var components = new List<WhatsappComponent>();
        if (template.HeaderText is { } text)
            components.Add(new("header", null, null, [new("text") { Text = text }]));
        if (template.HeaderMedia is { } media)
            components.Add(new("header", null, null, [Parameter(media)]));
        if (template.Body.Count > 0)
            components.Add(new("body", null, null, [.. template.Body.Select(b => new WhatsappParameter("text") { Text = OneLine().Replace(b, " ") })]));
        components.AddRange(template.ButtonUrls.OrderBy(b => b.Key).Select(b =>
            new WhatsappComponent("button", "url", b.Key.ToString(CultureInfo.InvariantCulture), [new("text") { Text = b.Value }])));
        return new(template.Name, new("deterministic", template.Language), components.Count == 0 ? null : components);
    }

    private static WhatsappParameter Parameter(WhatsappMedia media) => new(Name(media.Kind))
    {
        Image = media.Kind is WhatsappMediaKind.Image ? Wire(media with { Caption = null, FileName = null }) : null,
        Video = media.Kind is WhatsappMediaKind.Video ? Wire(media with { Caption = null, FileName = null }) : null,
        Document = media.Kind is WhatsappMediaKind.Document ? Wire(media with { Caption = null }) : null,
    };

    private static WhatsappMediaWire Wire(WhatsappMedia media) =>
        new(media.Id, media.Id is null ? media.Link?.AbsoluteUri : null, media.Kind is WhatsappMediaKind.Audio ? null : media.Caption, media.Kind is WhatsappMediaKind.Document ? media.FileName : null);

    private static string Name(WhatsappMediaKind kind) => Input.Name(kind.ToString());

    /// <summary>Meta writes numbers without the plus: 263771234567.</summary>
    private static string Number(string to) => NotDigits().Replace(to, "");

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NotDigits();

    // Meta refuses a value with line breaks, tabs or more than four spaces.
    [GeneratedRegex(@"[\r\n\t]+| {5,}")]
    private static partial Regex OneLine();
}
