using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>E-mail in development: a file per message under the data folder, named by its key, so that sending twice leaves one.</summary>
public sealed class FileMailbox(PortalOptions options) : IChannel
{
    public string Name => "email";

    private string Folder => Path.Combine(options.DataPath, "mailbox");

    public async Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
    {
        OwnersOnly.Folder(Folder);
        var name = $"{Convert.ToHexStringLower(Tokens.Hash(delivery.Key)[..12])}.eml";
        var mail = string.Join("\r\n",
            $"To: {OneLine(delivery.Recipient)}",
            $"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(OneLine(delivery.Title)))}?=",
            string.Create(CultureInfo.InvariantCulture, $"Date: {delivery.CreatedAt:R}"),
            "Content-Type: text/plain; charset=utf-8",
            "",
            delivery.Body);

        // Written aside and then moved: who looks into the folder never sees half a message.
        var aside = Path.Combine(Folder, $".{Guid.CreateVersion7():N}");
        await File.WriteAllTextAsync(aside, mail, ct);
        File.Move(aside, Path.Combine(Folder, name), overwrite: true);
        return name;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
