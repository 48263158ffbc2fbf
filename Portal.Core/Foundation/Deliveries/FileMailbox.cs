using System.Text;

namespace Portal.Core.Foundation;

/// <summary>E-mail in development: a file per message under the data folder, named by its key, so that sending twice leaves one.</summary>
public sealed class FileMailbox(PortalOptions options, Letterhead letterhead) : IChannel
{
    private const int MostShown = 200;
    private const string Ending = ".eml";

    public string Name => MailSuppression.Channel;

    private string Folder => Path.Combine(options.DataPath, "mailbox");

    public async Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
    {
        return await KeepAsync(delivery, MailMessage.Write(delivery, await letterhead.SenderAsync(ct), letterhead.OwnName).WrittenMemory, ct);
    }

    /// <summary>The newest, without their bodies.</summary>
    public IReadOnlyList<MailboxLine> List() => !Directory.Exists(Folder) ? [] :
    [
        .. new DirectoryInfo(Folder).EnumerateFiles($"*{Ending}").OrderByDescending(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Take(MostShown)
            .Select(f => (f, Mail: MailReader.Read(File.ReadAllText(f.FullName, Encoding.UTF8))))
            .Select(x => new MailboxLine(Path.GetFileNameWithoutExtension(x.f.Name), x.Mail["To"].Trim('<', '>'), x.Mail["Subject"], x.f.LastWriteTimeUtc, x.Mail[FileTexts.Header])),
    ];

    internal async Task<string?> KeepAsync(Delivery delivery, ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        OwnersOnly.Folder(Folder);
        var name = $"{Convert.ToHexStringLower(Tokens.Hash(delivery.Key)[..12])}{Ending}";

        // Written aside and then moved: who looks into the folder never sees half a message.
        var aside = Path.Combine(Folder, $".{Guid.CreateVersion7():N}");
        await File.WriteAllBytesAsync(aside, mail, ct);
        File.Move(aside, Path.Combine(Folder, name), overwrite: true);
        return name;
    }

    /// <param name="name">As <see cref="List"/> says it; anything else is not there.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<MailRead> ReadAsync(string name, CancellationToken ct)
    {
        var file = Path.Combine(Folder, name + Ending);
        if (name.Length == 0 || !name.All(char.IsAsciiHexDigitLower) || !File.Exists(file))
            throw new NotFound("mail");
        return MailReader.Read(await File.ReadAllTextAsync(file, Encoding.UTF8, ct));
    }
}

/// <param name="Name">To open it by.</param>
/// <param name="To">An address or a number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="At">When it was written.</param>
/// <param name="Way">The channel of a text message; empty for a mail.</param>
public sealed record MailboxLine(string Name, string To, string Subject, DateTime At, string Way);

