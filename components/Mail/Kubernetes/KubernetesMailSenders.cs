using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Mail.Kubernetes;

/// <summary>Senders of mail for consumers in a cluster.</summary>
internal sealed class KubernetesMailSenders() : RelayedMailSenders<KubernetesContext, KubernetesGrantee>("A plain cluster");
