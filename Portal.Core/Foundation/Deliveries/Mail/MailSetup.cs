using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Foundation;

public static class MailSetup
{
    private const int MostConnections = 64;

    /// <summary>The installation's own ways out, each by its channel's name. Whether one of them is used or a provider's account is for the channel of that name.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configuration">Names the mail server, or none.</param>
    /// <param name="hasMailbox">Without a mail server, mail becomes files. Otherwise it waits for one.</param>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration, bool hasMailbox)
    {
        services
            .AddSingleton(s => Read(configuration, s.GetRequiredService<PortalOptions>()))
            .AddSingleton<Letterhead>()
            .AddSingleton<MailCheck>();
        if (configuration["SMTP_HOST"] is { Length: > 0 })
            return services.AddKeyedSingleton<IChannel, SmtpMail>(MailSuppression.Channel);
        return hasMailbox ? services.AddFiles() : services;
    }

    private static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<FileMailbox>().AddKeyedSingleton<IChannel>(MailSuppression.Channel, (s, _) => s.GetRequiredService<FileMailbox>());
        foreach (var name in Enum.GetNames<PhoneChannel>().Select(Input.Name))
            services.AddKeyedSingleton<IChannel>(name, (s, _) => new FileTexts(s.GetRequiredService<FileMailbox>(), name));
        return services;
    }

    internal static SmtpOptions Read(IConfiguration configuration, PortalOptions portal)
    {
        var port = Number(configuration, "SMTP_PORT", SmtpOptions.SubmissionPort, ushort.MaxValue);
        return new()
        {
            Host = Text(configuration, "SMTP_HOST"),
            Port = port,
            User = Text(configuration, "SMTP_USER"),
            Password = Text(configuration, "SMTP_PASSWORD"),
            IsImplicitTls = Text(configuration, "SMTP_TLS") switch
            {
                null => port == SmtpOptions.ImplicitTlsPort,
                "starttls" => false,
                "implicit" => true,
                var other => throw new InvalidOperationException($"SMTP_TLS is '{other}': use starttls or implicit."),
            },
            Authority = Text(configuration, "SMTP_CA_FILE") is { } file ? Certificate(file) : null,
            Connections = Number(configuration, "SMTP_CONNECTIONS", 4, MostConnections),
            From = Sender(Text(configuration, "EMAIL_FROM_ADDRESS")),
            OwnName = new Uri(portal.PublicUrl).IdnHost,
        };
    }

    private static string? Text(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } text ? text : null;

    private static int Number(IConfiguration configuration, string name, int otherwise, int most) => Text(configuration, name) switch
    {
        null => otherwise,
        { } text when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most => number,
        { } text => throw new InvalidOperationException($"{name} is '{text}': use a number between 1 and {most}."),
    };

    private static string? Sender(string? address)
    {
        try
        {
            return address is null ? null : MailRecipient.Parse(address).ToString();
        }
        catch (RefusedForGood)
        {
            throw new InvalidOperationException("EMAIL_FROM_ADDRESS is not an e-mail address.");
        }
    }

    private static X509Certificate2 Certificate(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"SMTP_CA_FILE: {file} is not a certificate that can be read.", e);
        }
    }
}
