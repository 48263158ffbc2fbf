using System.Net.Sockets;
using System.Security.Authentication;

namespace Portal.Core.Foundation;

/// <summary>E-mail by a mail server. What it answers decides: taken, refused for good, for now, or our own doing.</summary>
public sealed class SmtpMail(SmtpOptions options, Letterhead letterhead, TimeProvider time) : IChannel, IAsyncDisposable
{
    private readonly SmtpPool pool = new(options, time);

    public string Name => MailSuppression.Channel;

    public int AtOnce => options.Connections;

    public TimeSpan Patience => options.Patience + options.LastPatience;

    /// <summary>How many talks lie ready for the next mail.</summary>
    internal int Kept => pool.Kept;

    public async Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
    {
        using var untilSent = CancellationTokenSource.CreateLinkedTokenSource(ct);
        untilSent.CancelAfter(options.Patience);
        var mail = Mailing.Of(delivery, await letterhead.SenderAsync(ct), options.OwnName);
        try
        {
            return (await pool.UseAsync(connection => connection.SendAsync(mail, untilSent.Token, ct), untilSent.Token)).ToString();
        }
        catch (Exception e) when (InOurWords(e) is { } said)
        {
            throw said;
        }
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    /// <summary>What a failure means for the delivery; null for what says it itself.</summary>
    internal static Exception? InOurWords(Exception error) => error switch
    {
        SmtpRefusal { Reply.BlamesUs: true, Step: SmtpStep.Recipient or SmtpStep.Content } e => new OurTrouble($"The mail server takes nothing from us: {e.Reply}", e),
        SmtpRefusal { Reply.IsForGood: true, Step: SmtpStep.Recipient or SmtpStep.Content } e => new RefusedForGood($"The mail server refused it: {e.Reply}") { IsOfAddress = e.Reply.BlamesAddress(e.Step) },
        SmtpRefusal { Reply.IsForGood: true, Step: SmtpStep.Sender } e => new OurTrouble($"The mail server refuses our sender address: {e.Reply}", e),
        SmtpRefusal { Reply.IsForGood: true, Step: SmtpStep.Login } e => new OurTrouble($"The mail server refuses our login: {e.Reply}", e),
        SmtpRefusal { Reply.IsForGood: true } e => new OurTrouble($"The mail server does not let us in: {e.Reply}", e),
        SmtpRefusal { Step: < SmtpStep.Sender } e => new OurTrouble($"The mail server asks to come back later: {e.Reply}", e),
        SmtpRefusal e => new RefusedForNow($"The mail server asks to come back later: {e.Reply}", e),
        AuthenticationException e => new OurTrouble("The mail server's certificate is not one we may trust, or it speaks no TLS that we know.", e),
        SocketException e => new RefusedForNow($"The mail server could not be reached: {e.SocketErrorCode}.", e),
        IOException e => new RefusedForNow(e is SmtpUnclear ? e.Message : "The connection to the mail server broke.", e),
        _ => null,
    };
}
